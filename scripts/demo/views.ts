import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const certainty = z.enum(['sourced', 'partly_sourced', 'unverified', 'not_found'])
const text = z.string().nullable()

const View = z.object({
  state: z.string(),
  committee: z.string(),
  symbol: z.string(),
  title: z.string(),
  communications: z.array(z.object({ number: z.string(), submitted_on: text })),
  author: z.string(),
  alleged_victim: z.string(),
  counsel: text,
  adopted_on: z.string(),
  subject: z.string(),
  violation_types: z.array(z.string()).min(1),
  articles_claimed: z.array(z.string()).nullable(),
  articles_violated: z
    .array(
      z.object({
        article: z.string(),
        read_with: z.array(z.string()).optional(),
        concerning: z.string().optional(),
        certainty,
      }),
    )
    .nullable(),
  certainty,
  certainty_note: text,
  remedy_text: text,
  interim_measures: text,
  implementation_public_facts: z.array(z.object({ date: text, fact: z.string() })),
  sources: z.array(z.string()),
})

/** A public decision of a UN committee, as schemas/reference/views.json has it. */
export type View = z.output<typeof View>

const file = new URL('../../schemas/reference/views.json', import.meta.url)

export async function readViews(): Promise<View[]> {
  return z.object({ views: z.array(View) }).parse(JSON.parse(await readFile(file, 'utf8'))).views
}
