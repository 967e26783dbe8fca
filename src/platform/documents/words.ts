import type { DocumentLanguage } from './model.ts'

/** Fixed words by language: English and Russian whole, others as far as we are sure of them. */
export type WordTable<K extends string> = {
  readonly en: Readonly<Record<K, string>>
  readonly ru: Readonly<Record<K, string>>
} & { readonly [L in Exclude<DocumentLanguage, 'en' | 'ru'>]?: Readonly<Partial<Record<K, string>>> }

/**
 * The words in one language. Where it has none, Russian stands in, which is read in all five States, with `[ru]` behind it
 * so that somebody who knows better sees where to mend.
 */
export function wordsIn<K extends string>(
  table: WordTable<K>,
  language: DocumentLanguage,
): Readonly<Record<K, string>> {
  if (language === 'en' || language === 'ru') return table[language]
  const marked: Partial<Record<K, string>> = {}
  for (const name in table.ru) marked[name] = `${table.ru[name]} [ru]`
  return { ...table.ru, ...marked, ...table[language] }
}

/** A day as the language writes it, by the rules of the Unicode CLDR. `on` is YYYY-MM-DD. */
export function dayIn(on: string, language: DocumentLanguage): string {
  const locale = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${on}T00:00:00Z`))
}
