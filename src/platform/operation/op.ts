import { type Action, type Actor, mayAttempt } from '../access/roles.ts'
import { SealBroken } from '../crypto/box.ts'
import type { SecretKey } from '../crypto/secret.ts'
import { type Database, inSnapshot, inTransaction, type Reader, type Writer } from '../database/database.ts'
import type { Tables } from '../database/tables.gen.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { notAllowed, Problem } from '../kernel/problem.ts'
import { type AuditRow, auditRowOf, insertAuditRows, type Outcome, type Subject } from './audit-row.ts'
import { AlreadyDone, keepReplies, type Once, replyKept } from './once.ts'
import type { Caller, Unlocked } from './session.ts'

/** What every op stands on. */
export type Services = {
  readonly database: Database
  /** The key under which handles, addresses and codes are hashed, and session shares are mixed. */
  readonly pepper: SecretKey
  readonly now: () => Date
}

/** One thing one person set out to do. Every use case takes it first. */
export type Op<A extends Action = Action> = {
  readonly action: A
  readonly actor: Actor
  readonly unlocked: Unlocked | null
  readonly services: Services
  /** The Idempotency-Key of the request, under which its one act is done once. */
  readonly once: Once<unknown> | undefined
  /** Look at what is not sealed. Runs READ ONLY. */
  read<T>(work: (db: Reader) => Promise<T>): Promise<T>
  /** Do it: one transaction, one audit row. The only way to write or to unseal. With `once`, a repeat answers as before. */
  act<T>(work: (act: Act<A>) => Promise<T>, once?: Once<T>): Promise<T>
  /** Write down an attempt that came to nothing, in a small transaction of its own. */
  witness(outcome: Exclude<Outcome, 'done'>, subjects?: readonly Subject[]): Promise<void>
}

/** The inside of an act. */
export type Act<A extends Action = Action> = {
  readonly action: A
  readonly actor: Actor
  readonly unlocked: Unlocked | null
  readonly services: Services
  readonly db: Writer
  /** The audit row that this act will leave: a receipt for whoever did it. */
  readonly eventId: Id<'audit_events'>
  /** Name what the act is about, for the audit row, with the hash of the ciphertext written there. */
  concerns(table: keyof Tables, id: string, ciphertextSha256?: string): void
  /** Called by the codec for each sealed column that it opens. */
  noteOpened(place: string, id: string): void
}

/** Starts an op, or refuses it (403) and writes the refusal down. */
export async function begin<A extends Action>(services: Services, caller: Caller, action: A): Promise<Op<A>> {
  const op = opOf({ ...caller, services, action, once: undefined })
  if (mayAttempt(caller.actor, action)) return op
  await op.witness('denied')
  throw new Problem(notAllowed)
}

/** The same op with what its act is done once under. */
export const keyed = (op: Op, once: Once<unknown> | undefined): Op => (once === undefined ? op : opOf({ ...op, once }))

type OpParts<A extends Action> = Omit<Op<A>, 'read' | 'act' | 'witness'>

function opOf<A extends Action>(parts: OpParts<A>): Op<A> {
  const { action, actor, services } = parts
  const op: Op<A> = {
    ...parts,
    read: (work) => inSnapshot(services.database, work),
    act: (work, once) => attempt(op, work, once ?? (parts.once as typeof once)),
    witness: (outcome, subjects = []) =>
      inTransaction(services.database, (db) =>
        insertAuditRows(db, [
          auditRowOf(
            { id: newId('audit_events'), action, actor, outcome, subjects, opened: new Map() },
            services.now(),
          ),
        ]),
      ),
  }
  return op
}

async function attempt<A extends Action, T>(op: Op<A>, work: (act: Act<A>) => Promise<T>, once?: Once<T>): Promise<T> {
  try {
    return await inTransaction(op.services.database, (db) => perform(op, db, { work, once }))
  } catch (error) {
    if (once !== undefined && error instanceof AlreadyDone) return attempt(op, work, once)
    const outcome = outcomeOf(error)
    if (outcome !== undefined) await op.witness(outcome)
    throw error
  }
}

/** How a refused act is written down; undefined for a bug or an absent database, which are the log's. */
function outcomeOf(error: unknown): Exclude<Outcome, 'done'> | undefined {
  if (error instanceof SealBroken) return 'failed'
  if (!(error instanceof Problem)) return undefined
  return [403, 404].includes(error.kind.status) ? 'denied' : 'failed'
}

type Task<A extends Action, T> = { work: (act: Act<A>) => Promise<T>; once: Once<T> | undefined }

async function perform<A extends Action, T>(op: Op<A>, db: Writer, { work, once }: Task<A, T>): Promise<T> {
  const kept = once === undefined ? undefined : await replyKept(op, db, once)
  if (kept !== undefined) return kept.reply

  const { act, auditRow } = beginAct(op, db)
  const result = await work(act)
  if (once !== undefined) await keepReplies(db, [{ by: op, once, reply: result }])
  await insertAuditRows(db, [auditRow()])
  return result
}

/** An act within a transaction, and the audit row that it leaves when it is done. */
export function beginAct<A extends Action>(op: Op<A>, db: Writer): { act: Act<A>; auditRow: () => AuditRow } {
  const { action, actor, unlocked, services } = op
  const eventId = newId('audit_events')
  const subjects: Subject[] = []
  const opened = new Map<string, string[]>()
  const act: Act<A> = {
    action,
    actor,
    unlocked,
    services,
    db,
    eventId,
    concerns: (table, id, hash) =>
      void subjects.push(hash === undefined ? { table, id } : { table, id, ciphertext_sha256: hash }),
    noteOpened: (place, id) => {
      const ids = opened.get(place)
      if (ids === undefined) opened.set(place, [id])
      else ids.push(id)
    },
  }
  const trace = { id: eventId, action, actor, outcome: 'done', subjects, opened } as const
  return { act, auditRow: () => auditRowOf(trace, services.now()) }
}
