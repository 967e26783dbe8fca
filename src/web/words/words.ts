import { signal } from '@preact/signals'
import i18next from 'i18next'
import { fieldOf, listOf, textOf } from '../api/json.ts'
import { device, type Term } from '../device/store.ts'
import { codeLabels } from './codes.ts'
import { en, type Key } from './en.ts'
import { ru } from './ru.ts'

/** Languages whose pages are complete. */
export const languages = { en: 'English', ru: 'Русский' } as const
export type Language = keyof typeof languages

const first: Language = navigator.language.startsWith('en') ? 'en' : 'ru'
export const language = signal<Language>(first)

const texts = i18next.createInstance()
void texts.init({
  lng: first,
  fallbackLng: 'en',
  resources: { en: { translation: en }, ru: { translation: ru } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
})

export function speak(to: Language): void {
  void texts.changeLanguage(to)
  language.value = to
  document.documentElement.lang = to
  document.title = say('app.name')
}

/** A text of the pages. Reading it in a component makes that follow the language. */
export const say = (key: Key, values: Readonly<Record<string, string | number>> = {}): string =>
  texts.t(key, { ...values, lng: language.value })

/** What a question or a step of the report is called. */
export const sayOf = (what: 'q' | 'step' | 'status' | 'draft.state', name: string): string =>
  texts.t(`${what}.${name}`, { lng: language.value })

/** The label of a code of a short list; the code itself where there is none. */
export function sayCode(question: string, code: string): string {
  const label = codeLabels[`${question}.${code}`] ?? codeLabels[code]
  return label?.[language.value === 'en' ? 0 : 1] ?? code
}

/** The coded lists of the server that have been read, by name. */
export const lists = signal<Readonly<Record<string, readonly Term[]>>>({})

/** A list from the server, or as the device kept it when there is no line. Lists are public. */
export async function readList(name: string): Promise<void> {
  if (lists.value[name] !== undefined) return
  const db = await device()
  const kept = await db.get('lists', name)
  const terms = (await fetchList(name).catch(() => undefined)) ?? kept?.terms
  if (terms === undefined) return
  await db.put('lists', { name, terms })
  lists.value = { ...lists.value, [name]: terms }
}

async function fetchList(name: string): Promise<readonly Term[] | undefined> {
  const reply = await fetch(`/v1/vocabularies/${name}`, { credentials: 'omit' })
  if (!reply.ok) return undefined
  const body: unknown = await reply.json()
  return listOf(body, 'terms').map((term) => {
    const parent = textOf(term, 'parent')
    const labels: Record<string, string> = {}
    for (const [name, label] of Object.entries(fieldOf(term, 'labels') ?? {})) labels[name] = String(label)
    return { code: textOf(term, 'code'), labels, ...(parent !== '' && { parent }) }
  })
}

/** The label of a term in the language of the page, or in Russian, or in English. */
export const sayTerm = ({ code, labels }: Term): string =>
  labels[language.value] ?? labels['ru'] ?? labels['en'] ?? code

/** The label of a code of a list of the server; the code until the list is read. */
export function sayListed(list: string, code: string): string {
  const term = lists.value[list]?.find((one) => one.code === code)
  return term === undefined ? code.replaceAll('_', ' ') : sayTerm(term)
}
