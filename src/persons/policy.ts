import { ofCase } from '../cases/policy.ts'
import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { LinkRow, RelationRow } from './repo-links.ts'
import type { MergeRow } from './repo-merges.ts'
import type { PartyLinkRow } from './repo-parties.ts'
import type { PersonRow } from './repo.ts'

const reached = (actor: Actor, row: PersonRow) => row.organisation_id === actor.organisationId && row.is_reached
const always = () => true

/** A person exists for the teams of the cases that it is in, who hold the keys, and for nobody else. */
export const personPolicy = policy(reached, {
  'person.create': always,
  'person.list': always,
  'person.read': always,
  'person.change': always,
  'person.match': always,
  'person.sweep': always,
  'person.link': always,
  'person.unlink': always,
  'person.list_of_case': always,
  'person.relate': always,
  'person.list_parties': always,
  'person.take_over': always,
  'person.find_doubles': always,
  'person.tell_apart': always,
  'person.merge': always,
  'person.undo_merge': always,
  'person.list_merges': always,
})

/** What can be done to a person. */
export type PersonAction = Parameters<typeof personPolicy.grant>[0]['action']

type Reached = { readonly organisation_id: Id<'organisations'>; readonly is_reached: boolean }

/** What of several cases is for the teams of those cases. */
export const reachedPolicy = <R extends Reached>() =>
  policy((actor: Actor, row: R) => row.organisation_id === actor.organisationId && row.is_reached, {
    'person.list': always,
  })

type Found = { readonly id: Id<'cases'> }

export const linkPolicy = (found: Found) =>
  ofCase<LinkRow, 'person.list_of_case' | 'person.unlink' | 'person.relate' | 'person.merge'>(found, {
    'person.merge': always,
    'person.list_of_case': always,
    'person.unlink': always,
    'person.relate': always,
  })

export const relationPolicy = (found: Found) =>
  ofCase<RelationRow, 'person.list_relations' | 'person.end_relation'>(found, {
    'person.list_relations': always,
    'person.end_relation': always,
  })

type Incident = { readonly id: Id<'incidents'> }

/** Of an incident that has been read: which persons its parties have become. */
export const partyPolicy = (incident: Incident) =>
  policy(
    (actor: Actor, row: PartyLinkRow) =>
      row.incident_id === incident.id && row.organisation_id === actor.organisationId,
    {
      'person.list_parties': always,
      'person.take_over': always,
    },
  )

/** The merges of a person who may be seen. */
export const mergePolicy = (id: Id<'persons'>) =>
  policy(
    (actor: Actor, row: MergeRow) =>
      row.organisation_id === actor.organisationId && [row.kept_id, row.merged_id].includes(id),
    { 'person.list_merges': always, 'person.undo_merge': (_actor, row) => row.kept_id === id },
  )
