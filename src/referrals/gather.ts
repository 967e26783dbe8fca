import { readAsTeam } from '../cases/service.ts'
import type { CaseFile } from '../cases/schema.ts'
import { personsIn } from '../persons/service.ts'
import type { PersonFacts, PersonIdentity, PersonRole } from '../persons/schema.ts'
import type { Granted } from '../platform/access/policy.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { personNotInCase } from './problems.ts'
import { type ReferralRow, revealReferrals } from './repo.ts'
import type { HandOver, ReferralFacts } from './schema.ts'
import type { Package } from './schema-package.ts'

type Chosen = HandOver['persons'][number]

/** What would be handed over now: the request, and those fields of the case that were chosen, as they are. */
export async function gather(
  act: Act,
  found: Granted<'referral.move' | 'referral.preview' | 'referral.make_letter', ReferralRow>,
): Promise<Secret<Package>> {
  const [opened] = await revealReferrals(act, [found])
  if (!opened?.narrative || !opened.facts) throw new Problem(notFound)
  const { facts } = opened
  const file = await readAsTeam(act, found.case_id)
  const persons = await chosenPersons(
    act,
    found,
    consult(opened.narrative, ({ hand_over }) => hand_over.persons),
  )
  return revealTo(opened.narrative, ({ request, hand_over }) =>
    consult(facts, (coded) => ({
      identity: { ...titleOf(file, hand_over), persons: persons.map((one, at) => identityOf(one, at)) },
      narrative: { request, ...summaryOf(file, hand_over) },
      facts: { ...codedOf(file, hand_over, coded), persons: persons.map((one, at) => factsOf(one, at)) },
    })),
  )
}

/** The hash by which a package is known before it is sent and after. */
export const hashOf = (content: Secret<Package>): string =>
  consult(content, (plain) => plainSha256(JSON.stringify(plain)))

const has = (chosen: HandOver, field: HandOver['fields'][number]) => chosen.fields.includes(field)
const titleOf = ({ identity }: CaseFile, chosen: HandOver) =>
  has(chosen, 'title') && identity !== null ? consult(identity, ({ title }) => ({ title })) : {}
const summaryOf = ({ narrative }: CaseFile, chosen: HandOver) =>
  has(chosen, 'summary') && narrative !== null ? consult(narrative, ({ summary }) => ({ summary })) : {}

function codedOf({ facts }: CaseFile, chosen: HandOver, { help }: ReferralFacts) {
  const { kind, tags } = facts === null ? {} : consult(facts, (known) => known)
  return {
    help,
    ...(has(chosen, 'kind') && kind !== undefined && { kind }),
    ...(has(chosen, 'tags') && tags !== undefined && { tags }),
  }
}

type InCase = Awaited<ReturnType<typeof personsIn>>[number]
type Person = { readonly fields: Chosen['fields']; readonly entry: InCase }

/** In the order in which they were chosen. 422 when one is not in the case (any more). */
async function chosenPersons(act: Act, { case_id }: ReferralRow, chosen: readonly Chosen[]): Promise<Person[]> {
  if (chosen.length === 0) return []
  const ids = chosen.map(({ person_id }) => person_id)
  const byId = new Map((await personsIn(act, case_id, ids)).map((entry) => [entry.person_id, entry]))
  const missing = ids.filter((id) => !byId.has(id))
  if (missing.length > 0) throw new Problem(personNotInCase, { person_ids: missing })
  return chosen.flatMap(({ person_id, fields }) => {
    const entry = byId.get(person_id)
    return entry === undefined ? [] : [{ fields, entry }]
  })
}

const refOf = (at: number) => `p${String(at + 1)}`

function identityOf({ fields, entry: { person, role } }: Person, at: number) {
  const only = chosenOnly(fields)
  const roles = role === null ? undefined : consult(role, (known: PersonRole) => only('roles', known.roles))
  if (person.identity === null) return { ref: refOf(at), roles }
  return consult(person.identity, ({ names, born, contacts, documents }: PersonIdentity) => ({
    ref: refOf(at),
    names: only('names', names),
    born: only('born', born),
    contacts: only('contacts', contacts),
    documents: only('documents', documents),
    roles,
  }))
}

function factsOf({ fields, entry: { person } }: Person, at: number) {
  const only = chosenOnly(fields)
  if (person.facts === null) return { ref: refOf(at) }
  return consult(person.facts, ({ sex, age_band, nationality, special_protection }: PersonFacts) => ({
    ref: refOf(at),
    sex: only('sex', sex),
    age_band: only('age_band', age_band),
    nationality: only('nationality', nationality),
    special_protection: only('protection', special_protection),
  }))
}

/** What was not chosen is undefined, and so is in no package. */
const chosenOnly =
  (fields: Chosen['fields']) =>
  <T>(field: Chosen['fields'][number], value: T): T | undefined =>
    fields.includes(field) ? value : undefined
