import { policy } from '../platform/access/policy.ts'
import type { Actor } from '../platform/access/roles.ts'
import type { ErasureRow } from './repo.ts'
import type { HoldRow } from './repo-holds.ts'
import type { RetentionRow } from './repo-retention.ts'
import type { SubjectRow } from './repo-subjects.ts'

const always = () => true
const isCoordinator = (actor: Actor) => actor.roles.includes('coordinator')
const isAdministrator = (actor: Actor) => actor.roles.includes('administrator')
const atHome = (actor: Actor, row: { readonly organisation_id: string | null }) =>
  row.organisation_id === actor.organisationId

/** Coordinators and administrators act for the organisation; others for the cases they are on. A wall hides it from anybody. */
const reaches = (actor: Actor, row: SubjectRow) =>
  row.my_part !== null || (row.kind === 'case' && (isCoordinator(actor) || isAdministrator(actor)))

const seesSubject = (actor: Actor, row: SubjectRow) => atHome(actor, row) && !row.is_walled && reaches(actor, row)

export const subjectPolicy = policy<SubjectRow, 'erasure.propose' | 'hold.place' | 'hold.list' | 'hold.lift'>(
  seesSubject,
  {
    'erasure.propose': (actor, row) =>
      row.kind === 'person' || row.my_part === 'lead' || isCoordinator(actor) || isAdministrator(actor),
    'hold.place': always,
    'hold.list': always,
    'hold.lift': (actor, row) => row.my_part === 'lead' || isCoordinator(actor),
  },
)

/** A hold is part of its case, which has been granted before its holds are looked for. */
export const holdPolicy = policy<HoldRow, 'hold.lift'>(atHome, { 'hold.lift': always })

const seesErasure = (actor: Actor, row: ErasureRow) =>
  atHome(actor, row) &&
  !row.is_walled &&
  (isCoordinator(actor) || isAdministrator(actor) || row.my_part !== null || row.proposed_by === actor.id)

export const erasurePolicy = policy<
  ErasureRow,
  'erasure.list' | 'erasure.read' | 'erasure.confirm' | 'erasure.withdraw' | 'erasure.read_register'
>(seesErasure, {
  'erasure.list': always,
  'erasure.read': always,
  'erasure.read_register': always,
  'erasure.confirm': (actor, row) =>
    actor.id !== row.barred_id && actor.id !== row.proposed_by && (!row.needs_coordinator || isCoordinator(actor)),
  'erasure.withdraw': (actor, row) => row.proposed_by === actor.id || row.my_part === 'lead' || isCoordinator(actor),
})

export const retentionPolicy = policy<RetentionRow, 'retention.change'>(atHome, { 'retention.change': always })
