import { homeOf } from '../platform/access/home.ts'
import { newId } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { type RecordReader, recordKeyMaker } from '../platform/operation/record-keys.ts'
import { anchorOf } from '../platform/operation/session.ts'
import { type Joining, together } from '../platform/operation/together.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { insertReports, sealReport } from './repo-submission.ts'
import type { IncidentReceipt } from './schema-replies.ts'
import type { IncidentReport } from './schema-report.ts'

type Submission = Joining<'incident.submit', IncidentReport>
type KeyMaker = ReturnType<typeof recordKeyMaker>

/**
 * Takes a report. The intake can read it, coordinators its coded facts; its author cannot, nor can who takes the phone.
 * Reports that arrive at the same moment share a transaction.
 */
export const submitIncident = together(async (submissions: readonly Submission[]): Promise<IncidentReceipt[]> => {
  const [first] = submissions
  if (first === undefined) return []
  const makers = await keyMakersOf(submissions.map(({ act }) => act))
  const reports = submissions.map(({ act, input }) => {
    const home = { id: newId('incidents'), organisation_id: homeOf(act.actor), seal_version: 1 }
    return sealReport(act, home, { ...makerFor(makers, act)(home), values: input })
  })
  return (await insertReports(first.act.db, reports)).map(({ id, reference, ciphertext_sha256, act }) => ({
    id,
    reference,
    ciphertext_sha256,
    version: 1,
    status: 'submitted',
    audit_receipt: act.eventId,
  }))
})

const intakeOf = (act: Act) => `${homeOf(act.actor)} ${anchorOf(act)}`

/** Who makes the keys for each intake, as each trusts it. */
async function keyMakersOf(acts: readonly Act[]): Promise<ReadonlyMap<string, KeyMaker>> {
  const makers = new Map<string, KeyMaker>()
  for (const act of acts)
    if (!makers.has(intakeOf(act))) makers.set(intakeOf(act), recordKeyMaker(await readersOf(act)))
  return makers
}

function makerFor(makers: ReadonlyMap<string, KeyMaker>, act: Act): KeyMaker {
  const maker = makers.get(intakeOf(act))
  if (maker === undefined) throw new Error('a report has no intake')
  return maker
}

async function readersOf(act: Act): Promise<RecordReader[]> {
  const organisation_id = homeOf(act.actor)
  const parts = { intake: 'record', statistics: 'facts' } as const
  const kinds = ['intake', 'statistics'] as const
  const wanted = kinds.map((kind) => ({ organisation_id, kind }))
  const keyrings = await writableKeyrings(act, wanted)
  return kinds.flatMap((kind, at) => {
    const to = keyrings[at]
    return to === undefined ? [] : [{ part: parts[kind], to }]
  })
}
