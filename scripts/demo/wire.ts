import { z } from 'zod'
import type { Api } from './api.ts'

// What the demonstration looks at in the replies.

export const Receipt = z.object({ id: z.string(), reference: z.string(), version: z.int(), status: z.string() })
export type Receipt = z.output<typeof Receipt>

export const State = z.object({ id: z.string(), version: z.int(), status: z.string() })

const Page = z.object({ items: z.array(State), next: z.string().nullable() })

/** A whole list of incidents, page after page. */
export async function listIncidents(api: Api, filter: string): Promise<z.output<typeof State>[]> {
  const found: z.output<typeof State>[] = []
  let after = ''
  for (;;) {
    const page = await api(`GET /v1/incidents?limit=200&${filter}${after}`, { status: 200, reply: Page })
    found.push(...page.items)
    if (page.next === null) return found
    after = `&after=${page.next}`
  }
}
