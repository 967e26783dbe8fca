import { type Granted, policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { IncidentRow } from './repo.ts'

const isAuthor = (actor: Actor, incident: IncidentRow) => incident.submitted_by === actor.id
const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator')
const isOnTeam = (_actor: Actor, incident: IncidentRow) => incident.is_on_team

/** The intake and the coordinators see that each report of their organisation exists; what they read, their keys decide. */
export const seesAll = (actor: Actor) => actor.roles.includes('intake') || actor.roles.includes('coordinator')

/** Whoever handles the incident, and so may know of its case; the author is told its status alone. */
export const handles = (actor: Actor, incident: IncidentRow) => seesAll(actor) || isOnTeam(actor, incident)

const visible = (actor: Actor, incident: IncidentRow) =>
  incident.organisation_id === actor.organisationId && (isAuthor(actor, incident) || handles(actor, incident))

export const incidentPolicy = policy(visible, {
  'incident.list': () => true,
  'incident.read': () => true,
  'incident.triage': (actor) => actor.roles.includes('intake'),
  'incident.link': (actor) => actor.roles.includes('intake'),
  'incident.supplement': isAuthor,
  'incident.attach': isAuthor,
  'incident.list_files': handles,
  'incident.download_file': handles,
  'incident.verify': (actor, incident) => actor.roles.includes('intake') || isOnTeam(actor, incident),
  'cube.try': isCoordinator,
  'release.make': isCoordinator,
  'statistics.look': isCoordinator,
  'pool.contribute': isCoordinator,
  'indicator.read': isCoordinator,
})

type Addition = { readonly incident_id: Id<'incidents'> }

/** What was added to an incident that may be read may be read with it. */
export const additionsTo = <R extends Addition>(incident: Granted<'incident.read', IncidentRow>) =>
  policy<R, 'incident.read'>((_actor, addition) => addition.incident_id === incident.id, {
    'incident.read': () => true,
  })
