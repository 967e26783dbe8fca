import { z } from 'zod'
import { type Api, eachOf } from './api.ts'

const Terms = z.array(
  z.object({ code: z.string(), parent: z.string().optional(), labels: z.object({ en: z.string(), ru: z.string() }) }),
)
type Term = z.output<typeof Terms>[number]

const names = [
  'age_bands',
  'countries',
  'detention_places',
  'event_places',
  'ill_treatment_methods',
  'occupations',
  'perpetrator_institutions',
  'regions',
  'treaty_bodies',
  'violation_types',
] as const
type Name = (typeof names)[number]

/** The coded lists that reports are written with. */
export type Vocabularies = {
  codes(name: Name): string[]
  /** The codes under one of these. */
  under(name: Name, parents: readonly string[]): string[]
  label(name: Name, code: string, language: 'en' | 'ru'): string
}

/** Reads the lists as a client does before it shows a form. */
export async function readVocabularies(api: Api): Promise<Vocabularies> {
  const reply = z.object({ terms: Terms })
  const lists = await eachOf(names, 4, async (name): Promise<[Name, Term[]]> => {
    const { terms } = await api(`GET /v1/vocabularies/${name}`, { status: 200, reply })
    return [name, terms]
  })
  const byName = new Map(lists)
  const termsOf = (name: Name) => byName.get(name) ?? []
  return {
    codes: (name) => termsOf(name).map(({ code }) => code),
    under: (name, parents) =>
      termsOf(name)
        .filter(({ parent }) => parent !== undefined && parents.includes(parent))
        .map(({ code }) => code),
    label: (name, code, language) => termsOf(name).find((term) => term.code === code)?.labels[language] ?? code,
  }
}
