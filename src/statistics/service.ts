import type { Party } from '../incidents/schema.ts'
import { openFacts } from '../incidents/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { beneficiaryRecords } from './beneficiary-records.ts'
import type { Countable, Counting } from './countable.ts'
import { type PopulationName, populations } from './populations.ts'
import type { Snapshot } from './schema-release.ts'

export type { Countable } from './countable.ts'

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
  if (read === undefined) return beneficiaryRecords(act, { from, to }, countable)
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
  // The order of the reports would tell when each came.
  return new Secret({ records: records.sort((a, b) => (a.incident < b.incident ? -1 : 1)) })
}

const hasRefused = ({ counting_consent }: Party): boolean =>
  counting_consent === 'refused' || counting_consent === 'withdrawn'
