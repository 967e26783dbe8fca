import { randomReference } from '../platform/crypto/code.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import { createKeyring, grantRoot, heldKeyring } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, type RecordReader } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { homeOf } from '../platform/access/home.ts'
import { insertCase } from './repo.ts'
import type { CaseReceipt, NewCase } from './schema.ts'
import { insertFirstMember } from './repo-team.ts'

const REFERENCE_LETTERS = 6
const REFERENCES_TRIED = 8

/** A case begins with one person, who leads it and alone holds its keyring; statistics get the coded facts. */
export function openCase(op: Op<'case.open'>, values: NewCase): Promise<CaseReceipt> {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    const ring = await createKeyring(act, { organisation_id, kind: 'case' })
    await grantRoot(act, ring, { root: ring.root, to: [act.actor.id] })

    const opened_on = dayOf(act.services.now())
    const row = { id: newId('cases'), organisation_id, keyring_id: ring.keyring_id, opened_on }
    const access = await createRecordKey(act, row, await readersOf(act, row))
    const reference = await insertUnderFreeReference(act, row, { access, values })
    await insertFirstMember(act, row.id)
    return { id: row.id, reference, version: 1, stage: 'intake', opened_on }
  })
}

type NewRow = Omit<Parameters<typeof insertCase>[1], 'reference'>

async function readersOf(act: Act, row: NewRow): Promise<RecordReader[]> {
  const held = await heldKeyring(act, row.keyring_id)
  if (held === undefined) throw new Error('a keyring was not granted to the one who made it')
  const wanted = [{ organisation_id: row.organisation_id, kind: 'statistics' as const }]
  const statistics = await writableKeyrings(act, wanted)
  return [{ part: 'record', heldAs: held }, ...statistics.map((to) => ({ part: 'facts' as const, to }))]
}

async function insertUnderFreeReference(
  act: Act<'case.open'>,
  row: NewRow,
  content: Parameters<typeof insertCase>[2],
): Promise<string> {
  for (let tried = 0; tried < REFERENCES_TRIED; tried += 1) {
    const reference = `CASE-${row.opened_on.slice(0, 4)}-${randomReference(REFERENCE_LETTERS)}`
    if (await insertCase(act, { ...row, reference }, content)) return reference
  }
  throw new Error('no free case reference was found')
}
