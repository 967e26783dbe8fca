import { beneficiariesIn, type Beneficiary, fundCategoryOf, openServices, type Served } from '../assistance/service.ts'
import { openFacts } from '../incidents/service.ts'
import { consult, gathered, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { Countable, Counting } from './countable.ts'
import { SEVERAL, UNKNOWN } from './dimensions.ts'
import type { Snapshot } from './schema-release.ts'
import { snapshotOf } from './snapshot.ts'

type Days = { readonly from?: string | undefined; readonly to?: string | undefined }

/** Who was helped, by the day on which the help was written down: that is when it is registered. */
export async function beneficiaryRecords(act: Counting, days: Days, countable: Countable): Promise<Secret<Snapshot>> {
  const services = await openServices(act)
  const agreed = await countable(act, [...new Set(services.map(({ case_id }) => case_id))])
  const served = services
    .filter(({ case_id }) => agreed.has(case_id))
    .map(({ case_id, recorded_on, facts }) =>
      revealTo(facts, (known): Served => ({ case_id, on: recorded_on, facts: known })),
    )
  const people = await codedPeople(act)
  const { from = '0000', to = '9999' } = days
  return revealTo(gathered(served), (all) =>
    consult(people, (coded) =>
      snapshotOf(
        beneficiariesIn(all, { from, to }).map((person) => ({
          incident: person.key,
          units: 1,
          codes: codesOf(person, coded.get(person.key)),
        })),
      ),
    ),
  )
}

type Coded = { readonly sex: string; readonly age_band: string; readonly country: string }

async function codedPeople(act: Counting): Promise<Secret<Map<string, Coded>>> {
  const incidents = await openFacts(act, { status: 'accepted' })
  const entries = incidents.map(({ case_id, facts }) =>
    revealTo(facts, ({ parties, place }) =>
      parties.map(({ ref, sex = UNKNOWN, age_band = UNKNOWN }): [string, Coded] => [
        `${String(case_id)}/${ref}`,
        { sex, age_band, country: place.country },
      ]),
    ),
  )
  return revealTo(gathered(entries), (lists) => new Map(lists.flat().reverse()))
}

const unknown: Coded = { sex: UNKNOWN, age_band: UNKNOWN, country: UNKNOWN }

function codesOf({ kinds, is_new, is_family_member }: Beneficiary, coded = unknown): Record<string, string> {
  const [category = UNKNOWN, ...others] = new Set(kinds.map(fundCategoryOf))
  return {
    assistance: others.length === 0 ? category : SEVERAL,
    newness: is_new ? 'new' : 'carried_over',
    beneficiary: is_family_member ? 'family' : 'victim',
    ...coded,
  }
}
