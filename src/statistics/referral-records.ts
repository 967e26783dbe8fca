import { fundCategoryOf } from '../assistance/service.ts'
import { gathered, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { type CountedReferral, openReferralFacts } from '../referrals/service.ts'
import type { Countable, Counting } from './countable.ts'
import { REFERRALS_PER_PERSON } from './populations.ts'
import type { Snapshot } from './schema-release.ts'
import { snapshotOf } from './snapshot.ts'

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** Referrals by the day on which they were drafted: that is when they are registered. */
export async function referralRecords(act: Counting, days: Days, countable: Countable): Promise<Secret<Snapshot>> {
  const referrals = await openReferralFacts(act, days)
  const agreed = await countable(act, [...new Set(referrals.map(({ case_id }) => case_id))])
  const counted = referrals.filter(({ case_id }, at) => {
    const before = referrals.slice(0, at).filter((other) => other.case_id === case_id)
    return agreed.has(case_id) && before.length < REFERRALS_PER_PERSON
  })
  return revealTo(gathered(counted.map(recordOf)), snapshotOf)
}

const recordOf = ({ id, outcome, facts }: CountedReferral) =>
  revealTo(facts, ({ help }) => ({
    incident: id,
    units: 1,
    codes: { help, assistance: fundCategoryOf(help), referral_outcome: outcome },
  }))
