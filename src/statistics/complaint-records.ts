import { type CountedComplaint, openCounted } from '../complaints/service.ts'
import { gathered, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Countable, Counting } from './countable.ts'
import { COMMITTEES, OTHER, PENDING } from './dimensions.ts'
import type { Snapshot } from './schema-release.ts'
import { snapshotOf } from './snapshot.ts'

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** One complaint of a case, the first that was opened in the period: so that each person stands in one cell. */
export async function complaintRecords(act: Counting, days: Days, countable: Countable): Promise<Secret<Snapshot>> {
  const complaints = await openCounted(act, days)
  const agreed = await countable(act, [...new Set(complaints.map(({ case_id }) => case_id))])
  const first = new Map(complaints.toReversed().map((complaint) => [complaint.case_id, complaint]))
  const counted = [...first.values()].filter(({ case_id }) => agreed.has(case_id))
  return revealTo(gathered(counted.map(recordOf)), snapshotOf)
}

const ENDINGS = ['not_registered', 'discontinued', 'withdrawn']

const recordOf = ({ id, stage, facts }: CountedComplaint) =>
  revealTo(facts, ({ mechanism, steps }) => {
    const [body = ''] = mechanism.split('-')
    const ended = steps.find(({ step }) => ENDINGS.includes(step))?.step
    return {
      incident: id,
      units: 1,
      codes: {
        committee: COMMITTEES.includes(body) ? body : OTHER,
        complaint_stage: stage,
        complaint_outcome: steps.find(({ outcome }) => outcome !== undefined)?.outcome ?? ended ?? PENDING,
      },
    }
  })
