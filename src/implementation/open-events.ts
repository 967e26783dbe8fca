import type { SeatedCase } from '../cases/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { decisionsOf } from './policy.ts'
import { type EventRow, listEvents, revealEvents } from './repo-events.ts'
import type { Decision, EventLegal } from './schema.ts'

/** An event that could be read, in memory. */
export type OpenEvent = Decision['events'][number] & { readonly told: EventLegal }

/** The events of decisions that have been granted, by their days. */
export async function openEvents(
  act: Act,
  found: Pick<SeatedCase, 'id'>,
  ids: readonly Id<'decisions'>[],
): Promise<OpenEvent[]> {
  const by = { actor: act.actor, action: 'decision.list' } as const
  const rows = decisionsOf<EventRow>(found).grantEach(by, await listEvents(act, ids))
  const opened = (await revealEvents(act, rows)).flatMap((event): OpenEvent[] =>
    event.legal === null ? [] : [{ ...event, told: consult(event.legal, (told) => told) }],
  )
  return opened.toSorted((a, b) => (a.told.on === b.told.on ? 0 : a.told.on < b.told.on ? -1 : 1))
}
