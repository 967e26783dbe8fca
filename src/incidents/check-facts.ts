import { findTerm } from '../vocabularies/service.ts'
import type { IncidentFacts, Party, Place, ReportedAct, Source } from './schema.ts'
import { canPrecede, hasBegun, type When } from './schema-when.ts'

type Path = (string | number)[]

/** Something wrong between fields that are each right: where, and why in words that quote nothing. */
export type Fault = { readonly path: Path; readonly message: string }

type Issues = { addIssue(issue: { code: 'custom'; path: Path; message: string }): void }

/** Checks what one field alone cannot show: refs, roles, places and dates must fit one another. */
export function checkFacts(facts: IncidentFacts, issues: Issues): void {
  report(issues, [
    ...placeFaults(facts.place),
    ...whenFaults(facts.occurred, ['occurred']),
    ...facts.parties.flatMap((party, at) => partyFaults(party, ['parties', at])),
    ...repeated(facts.parties, (party) => party.ref).map((at) => fault(['parties', at, 'ref'], 'names a party twice')),
    ...actFaults(facts),
    ...sourceFaults(facts),
    ...detailFaults(facts),
  ])
}

export function report(issues: Issues, faults: readonly Fault[]): void {
  for (const { path, message } of faults) issues.addIssue({ code: 'custom', path, message })
}

export const fault = (path: Path, message: string): Fault => ({ path, message })

/** Where in a list a name stands that stood there before. */
export function repeated<T>(list: readonly T[], nameOf: (one: T) => string): number[] {
  const seen = new Set<string>()
  return list.flatMap((one, at) => {
    const isNew = !seen.has(nameOf(one))
    seen.add(nameOf(one))
    return isNew ? [] : [at]
  })
}

function placeFaults({ country, region }: Place): Fault[] {
  if (region === undefined || findTerm('regions', region)?.parent === country) return []
  return [fault(['place', 'region'], 'is not a region of the country')]
}

function whenFaults(when: When, path: Path): Fault[] {
  if (when.precision === 'unknown') return []
  const to = 'to' in when ? when.to : undefined
  return [
    ...(hasBegun(when.from) ? [] : [fault([...path, 'from'], 'lies in the future')]),
    ...(to === undefined || hasBegun(to) ? [] : [fault([...path, 'to'], 'lies in the future')]),
    ...(to === undefined || canPrecede(when.from, to) ? [] : [fault([...path, 'to'], 'lies before from')]),
  ]
}

function partyFaults(party: Party, path: Path): Fault[] {
  const isPerpetrator = party.roles.includes('alleged_perpetrator')
  return [
    ...unless(party.sort !== 'group' || party.count !== undefined, [...path, 'count'], 'is needed of a group'),
    ...unless(party.sort === 'group' || party.count === undefined, [...path, 'count'], 'is only for a group'),
    ...unless(isPerpetrator || party.involvement === undefined, [...path, 'involvement'], 'is only for a perpetrator'),
    ...repeated(party.roles, String).map((at) => fault([...path, 'roles', at], 'is there twice')),
  ]
}

function actFaults({ parties, acts }: { parties: readonly Party[]; acts: readonly ReportedAct[] }): Fault[] {
  const victims = inRole(parties, 'victim')
  const perpetrators = inRole(parties, 'alleged_perpetrator')
  const perAct = acts.flatMap((act, at) => [
    ...unless(victims.has(act.victim_ref), ['acts', at, 'victim_ref'], 'is not the ref of a victim'),
    ...(act.perpetrator_refs ?? []).flatMap((ref, nth) =>
      unless(perpetrators.has(ref), ['acts', at, 'perpetrator_refs', nth], 'is not the ref of an alleged perpetrator'),
    ),
  ])
  const doubles = repeated(acts, ({ violation, victim_ref }) => `${violation} ${victim_ref}`)
  return [...perAct, ...doubles.map((at) => fault(['acts', at], 'is the same violation of the same victim again'))]
}

function sourceFaults({ parties, sources }: { parties: readonly Party[]; sources: readonly Source[] }): Fault[] {
  const known = inRole(parties, 'source')
  return sources.flatMap(({ ref }, at) =>
    unless(ref === undefined || known.has(ref), ['sources', at, 'ref'], 'is not the ref of a source'),
  )
}

function detailFaults(facts: IncidentFacts): Fault[] {
  if (facts.kind !== 'enforced_disappearance' || facts.details.last_seen === undefined) return []
  return whenFaults(facts.details.last_seen, ['details', 'last_seen'])
}

const unless = (holds: boolean, path: Path, message: string): Fault[] => (holds ? [] : [fault(path, message)])

const inRole = (parties: readonly Party[], role: string): ReadonlySet<string> =>
  new Set(parties.filter(({ roles }) => roles.includes(role)).map(({ ref }) => ref))
