import type { Api } from './api.ts'

/** The States in which the invented organisations work. */
export type State = 'KG' | 'KZ' | 'TJ' | 'UZ'

export const parts = ['coordinator', 'monitor', 'lawyer', 'clinician', 'administrator'] as const
export type Part = (typeof parts)[number]

/** Roles and marks, as an invitation says them. */
type Membership = {
  readonly roles: readonly Part[]
  readonly is_intake?: boolean
  readonly is_recovery_officer?: boolean
}

/** Whoever founds an organisation is coordinator, administrator and intake; the others are invited as this. */
export const invited: Readonly<Record<Exclude<Part, 'coordinator'>, Membership>> = {
  monitor: { roles: ['monitor'] },
  lawyer: { roles: ['lawyer'], is_intake: true, is_recovery_officer: true },
  clinician: { roles: ['clinician'], is_recovery_officer: true },
  administrator: { roles: ['administrator'], is_recovery_officer: true },
}

/** Said once above the passphrases, for all four organisations alike. */
export const marks = [
  'Each coordinator founded the organisation, and so is administrator and intake too. The lawyers',
  'are the intake. Lawyers, clinicians and administrators are the recovery officers.',
]

type Plan = { readonly name: string; readonly state: State; readonly staff: Readonly<Record<Part, string>> }

/** The surnames say "example" in the languages of the region: nobody is called like this. */
export const plans: readonly [Plan, ...Plan[]] = [
  {
    name: 'DEMO · Invented Legal Aid (Bishkek)',
    state: 'KG',
    staff: {
      coordinator: 'Айгүл Мисалова',
      monitor: 'Бакыт Мисалов',
      lawyer: 'Нургүл Мисалова',
      clinician: 'Эрмек Мисалов',
      administrator: 'Жылдыз Мисалова',
    },
  },
  {
    name: 'DEMO · Ойдан шығарылған құқық бюросы (Алматы)',
    state: 'KZ',
    staff: {
      coordinator: 'Динара Мысалова',
      monitor: 'Ерлан Мысалов',
      lawyer: 'Сәуле Мысалова',
      clinician: 'Арман Мысалов',
      administrator: 'Әлия Мысалова',
    },
  },
  {
    name: 'DEMO · Вымышленный правовой центр (Душанбе)',
    state: 'TJ',
    staff: {
      coordinator: 'Нигина Мисолова',
      monitor: 'Фаррух Мисолов',
      lawyer: 'Зарина Мисолова',
      clinician: 'Далер Мисолов',
      administrator: 'Мадина Мисолова',
    },
  },
  {
    name: 'DEMO · O‘ylab topilgan huquq markazi (Toshkent)',
    state: 'UZ',
    staff: {
      coordinator: 'Nodira Misolova',
      monitor: 'Rustam Misolov',
      lawyer: 'Gulnora Misolova',
      clinician: 'Jasur Misolov',
      administrator: 'Lola Misolova',
    },
  },
]

/** Somebody with an account, signed in. */
export type Person = { readonly id: string; readonly handle: string; readonly passphrase: string; readonly api: Api }

export type Organisation = Pick<Plan, 'name' | 'state'> & { readonly people: Readonly<Record<Part, Person>> }
