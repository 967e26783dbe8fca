import { type Insertable, sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/tables.gen.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

const isOpen = sql<boolean>`accepted_by is null and expires_at > now()`

export async function insertInvitation(act: Act, invitation: Insertable<Tables['invitations']>): Promise<void> {
  await act.db.insertInto('invitations').values(invitation).execute()
  act.concerns('invitations', invitation.id)
}

/** The invitations that can still be accepted. */
export function listOpenInvitations(db: Reader, organisationId: Id<'organisations'> | null) {
  return db
    .selectFrom('invitations')
    .select(['id', 'organisation_id', 'roles', 'is_intake', 'is_recovery_officer', 'is_founder', 'expires_at'])
    .where('organisation_id', '=', organisationId)
    .where(isOpen)
    .orderBy('expires_at')
    .limit(500)
    .execute()
}

export function findOpenInvitation(db: Reader, codeHash: Buffer) {
  return db.selectFrom('invitations').selectAll().where('code_hash', '=', codeHash).where(isOpen).executeTakeFirst()
}

/** Holds an invitation until the act ends. False when somebody was faster, or it has run out. */
export async function lockInvitation(act: Act, id: Id<'invitations'>): Promise<boolean> {
  const open = await act.db
    .selectFrom('invitations')
    .select('id')
    .where('id', '=', id)
    .where(isOpen)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return open !== undefined
}

export async function markAccepted(act: Act, id: Id<'invitations'>, by: Id<'users'>): Promise<void> {
  await act.db.updateTable('invitations').set({ accepted_by: by }).where('id', '=', id).execute()
  act.concerns('invitations', id)
}
