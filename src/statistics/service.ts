import type { Party } from '../incidents/schema.ts'
import { openFacts } from '../incidents/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { beneficiaryRecords } from './beneficiary-records.ts'
import { complaintRecords } from './complaint-records.ts'
import type { Countable, Counting } from './countable.ts'
import { type PopulationName, populations } from './populations.ts'
import { referralRecords } from './referral-records.ts'
import type { Snapshot } from './schema-release.ts'
import { snapshotOf } from './snapshot.ts'

export type { Countable } from './countable.ts'

type Reading = (act: Counting, days: Omit<Wanted, 'population'>, countable: Countable) => Promise<Secret<Snapshot>>

/** Populations that are no part of incidents. */
const others: Readonly<Partial<Record<PopulationName, Reading>>> = {
  beneficiaries: beneficiaryRecords,
  referrals: referralRecords,
  complaints: complaintRecords,
}

type Wanted = {
  readonly population: PopulationName
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * The coded records of the organisation's accepted incidents that were registered between these days. Counted are only
 * people who agreed to it: by the register of consents where the incident belongs to a case, else by what the report
 * says. Whoever was not asked is not counted.
 */
export async function recordsOf(
  act: Counting,
  { population, from, to }: Wanted,
  countable: Countable,
): Promise<Secret<Snapshot>> {
  const { read } = populations[population]
  const other = others[population]
  if (other !== undefined) return other(act, { from, to }, countable)
  if (read === undefined) throw new Error('a population that nothing reads')
  const incidents = await openFacts(act, { status: 'accepted', received_from: from, received_to: to })
  const caseIds = [...new Set(incidents.flatMap(({ case_id }) => (case_id === null ? [] : [case_id])))]
  const agreed = caseIds.length === 0 ? new Set<Id<'cases'>>() : await countable(act, caseIds)
  const records = incidents.flatMap(({ id, case_id, facts }) => {
    const mayCount = (party: Party) =>
      case_id === null ? party.counting_consent === 'given' : agreed.has(case_id) && !hasRefused(party)
    return consult(facts, (open) => read(open, mayCount)).map((coded) => ({
      incident: id,
      units: coded.units,
      codes: { ...coded.codes },
    }))
  })
  return new Secret(snapshotOf(records))
}

const hasRefused = ({ counting_consent }: Party): boolean =>
  counting_consent === 'refused' || counting_consent === 'withdrawn'
