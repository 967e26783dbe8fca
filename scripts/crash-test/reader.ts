import { z } from 'zod'
import { call } from '../bench/coalition.ts'
import type { Acknowledged } from './writers.ts'

const READERS = 8

const Opened = z.object({
  facts: z.object({}),
  identity: z.object({}),
  legal: z.object({}),
  narrative: z.object({ summary: z.string() }),
})

/** Those of the acknowledged reports that do not open for the intake, or say something else than was sent. */
export async function findShut(
  origin: string,
  token: string,
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  const waiting = [...acknowledged]
  const shut: string[] = []
  const read = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const reply = await call(`${origin}/v1/incidents/${next.id}`, { method: 'GET', token }).catch(() => undefined)
      const opened = Opened.safeParse(reply)
      if (!opened.success || opened.data.narrative.summary !== next.summary) shut.push(next.summary)
    }
  }
  await Promise.all(Array.from({ length: READERS }, read))
  return shut
}
