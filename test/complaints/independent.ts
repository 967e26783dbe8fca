import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * A second, separate way to say which histories of a complaint are possible and what deadlines they bring: by a regular
 * expression over letters, by the numbers of mechanisms.json, and by the calendar of Date. It imports nothing of the program.
 */
export type Happened = { readonly id: string; readonly step: string; readonly on: string; readonly outcome?: string }
export type Due = { readonly cause_id: string; readonly rule: string; readonly due_on: string; readonly status: string }

/** The order of one day, and the letter of each step. */
const letters: readonly (readonly [letter: string, step: string])[] = [
  ['a', 'submitted'],
  ['b', 'registered'],
  ['c', 'not_registered'],
  ['r', 'interim_requested'],
  ['s', 'interim_granted'],
  ['t', 'interim_refused'],
  ['u', 'interim_ignored'],
  ['v', 'interim_lifted'],
  ['d', 'transmitted'],
  ['e', 'joined'],
  ['f', 'separated'],
  ['g', 'split_requested'],
  ['h', 'observations'],
  ['i', 'comments'],
  ['j', 'admissible'],
  ['k', 'withdrawn'],
  ['l', 'discontinued'],
  ['m', 'decided'],
  ['n', 'published'],
  ['o', 'decision_transmitted'],
  ['p', 'state_replied'],
  ['q', 'closed'],
]

const FOLLOWED = '(?:q|o[np]*q?)?'
const DECIDED = `m[un]*${FOLLOWED}`
const TRANSMITTED = `d[rstuvefghij]*(?:k|l|${DECIDED})?`
const REGISTERED = `b[rstuvef]*(?:k|l|${DECIDED}|${TRANSMITTED})?`
const WHOLE = new RegExp(`^(?:a[rstuv]*(?:c|k|${REGISTERED}|${TRANSMITTED})?)?$`)
/** What needs something before it: the first of one kind comes after the first of the other. */
const needs: readonly (readonly [later: string, earlier: string])[] = [
  ['s', 'r'],
  ['t', 'r'],
  ['u', 's'],
  ['v', 's'],
  ['f', 'e'],
  ['i', 'h'],
]

const letterOf = (step: string) => letters.find(([, name]) => name === step)?.[0] ?? '?'
const rank = ({ step }: Happened) => letters.findIndex(([, name]) => name === step)
const sorted = (steps: readonly Happened[]) => [...steps].sort((a, b) => a.on.localeCompare(b.on) || rank(a) - rank(b))

export function isPossible(steps: readonly Happened[], firstFact: string): boolean {
  const word = sorted(steps)
    .map(({ step }) => letterOf(step))
    .join('')
  const isEarly = steps.some(({ step, on }) => step === 'submitted' && on < firstFact)
  const lacks = needs.some(([later, earlier]) => {
    const at = word.indexOf(later)
    return at >= 0 && !word.slice(0, at).includes(earlier)
  })
  const isTwice = ['j', 'n'].some((letter) => word.split(letter).length > 2)
  return !isEarly && !lacks && !isTwice && WHOLE.test(word)
}

const Row = z.looseObject({
  id: z.string(),
  state_obs_months: z.int().optional(),
  split_request_months: z.int().optional(),
  author_comments_months: z.int().optional(),
  author_comments_weeks: z.int().optional(),
  state_followup_days: z.int().nullish(),
  state_followup_months: z.int().optional(),
})
const file = new URL('../../schemas/reference/mechanisms.json', import.meta.url)
const { mechanisms } = z.object({ mechanisms: z.array(Row) }).parse(JSON.parse(readFileSync(file, 'utf8')))

const DAY_MS = 86_400_000
const textOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const plusDays = (day: string, days: number) => textOf(Date.parse(day) + days * DAY_MS)

/** The same day so many months on; the last of the month where it has no such day. */
function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return textOf(Date.UTC(year, month - 1 + months, Math.min(date, last)))
}

type Waiting = { name: string; due: (day: string) => string; until: string }

const months = (name: string, count: number | undefined, until: string): Waiting[] =>
  count === undefined ? [] : [{ name, due: (day) => plusMonths(day, count), until }]
const days = (name: string, count: number | null | undefined, until: string): Waiting[] =>
  typeof count !== 'number' ? [] : [{ name, due: (day) => plusDays(day, count), until }]

function waitingAfter(step: string, mechanism: string, isFound: boolean): Waiting[] {
  const row = mechanisms.find(({ id }) => id === mechanism)
  if (row === undefined) throw new Error(mechanism)
  const weeks = row.author_comments_weeks
  const all: Record<string, Waiting[]> = {
    transmitted: [
      ...months('OBSERVATIONS', row.state_obs_months, 'hmkl'),
      ...months('SPLIT', row.split_request_months, 'ghmkl'),
    ],
    observations: [
      ...months('COMMENTS', row.author_comments_months, 'imkl'),
      ...days('COMMENTS', weeks && weeks * 7, 'imkl'),
    ],
    admissible: mechanism === 'CERD-14' ? months('MERITS', 3, 'hmkl') : [],
    decision_transmitted: isFound ? followed(row) : [],
  }
  return all[step] ?? []
}

function followed(row: z.output<typeof Row>): Waiting[] {
  const inDays = days('FOLLOW-UP', row.state_followup_days, 'pq')
  return inDays.length > 0 ? inDays : months('FOLLOW-UP', row.state_followup_months, 'pq')
}

/** Every deadline that a history brings, in the order of its rules and causes. */
export function dueIn(steps: readonly Happened[], mechanism: string): Due[] {
  const ordered = sorted(steps)
  const isFound = steps.some(({ outcome }) => outcome === 'violation' || outcome === 'mixed')
  return ordered.flatMap(({ id, step, on }, at) => {
    const later = ordered.slice(at + 1).map((one) => letterOf(one.step))
    return waitingAfter(step, mechanism, isFound).map(({ name, due, until }) => ({
      cause_id: id,
      rule: `${mechanism}-${name}`,
      due_on: due(on),
      status: later.some((letter) => until.includes(letter)) ? 'done' : 'open',
    }))
  })
}
