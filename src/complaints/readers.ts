import type { WorkingCase } from '../cases/service.ts'
import type { Act } from '../platform/operation/op.ts'
import type { RecordReader } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'

/** The team reads all of it; the statistics keyring the coded facts alone. */
export async function readersOf(act: Act, { organisation_id, held }: WorkingCase): Promise<RecordReader[]> {
  const books = await writableKeyrings(act, [{ organisation_id, kind: 'statistics' }])
  return [{ part: 'record', heldAs: held }, ...books.map((to) => ({ part: 'facts' as const, to }))]
}
