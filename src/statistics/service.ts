import { openFacts } from '../incidents/service.ts'
import { consult } from '../platform/crypto/secret.ts'
import type { Op } from '../platform/operation/op.ts'
import { countVictims, victimsOf } from './count.ts'
import { toCsv } from './csv.ts'
import type { ExportRequest } from './schema.ts'
import { positionsToHide } from './suppress.ts'

/** Victims of the organisation's accepted incidents as a table that can be published. In between only memory holds it. */
export async function exportStatistics(op: Op<'statistics.export'>, { from, to }: ExportRequest): Promise<string> {
  const victims = await op.act(async (act) => {
    const incidents = await openFacts(act, { status: 'accepted' })
    return incidents.flatMap(({ facts }) => consult(facts, victimsOf))
  })
  const cube = countVictims(victims)
  return toCsv(cube, await positionsToHide(cube.table), { from, to })
}
