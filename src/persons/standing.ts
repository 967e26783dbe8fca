import type { Granted } from '../platform/access/policy.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { type PersonAction, personPolicy } from './policy.ts'
import { personMerged } from './problems.ts'
import type { PersonRow } from './repo.ts'

/** A person who may be seen and has not gone into another record: 410 person-merged says where to. */
export function grantStanding<A extends PersonAction>(act: Act<A>, row: PersonRow | undefined): Granted<A, PersonRow> {
  const person = personPolicy.grant<A>(act, row)
  if (person.merged_into !== null) throw new Problem(personMerged, { person_id: person.merged_into })
  return person
}
