import type { Action } from '../access/roles.ts'
import { type Database, inTransaction, type Writer } from '../database/database.ts'
import { databaseAway } from '../database/failure.ts'
import { insertAuditRows } from './audit-row.ts'
import { keepReplies, type Once } from './once.ts'
import { type Act, beginAct, type Op } from './op.ts'

/** One act of several, with what it is about. */
export type Joining<A extends Action, I> = { readonly act: Act<A>; readonly input: I }

/** Does several acts at once, in the transaction that they share; answers in their order. */
type Work<A extends Action, I, T> = (joining: readonly Joining<A, I>[]) => Promise<readonly T[]>

type Waiting<A extends Action, I, T> = {
  readonly op: Op<A>
  readonly input: I
  readonly once: Once<T> | undefined
  resolve(reply: T): void
  reject(error: unknown): void
}

const JOINING_MOST = 50
const FLIGHTS_MOST = 2

/**
 * An act that shares its transaction with those that arrive at the same moment: they wait for the disk once. Each keeps
 * its own audit row, Idempotency-Key and outcome, and none is answered before the commit. When one of them fails, nothing
 * of the transaction stays, and each is done again on its own.
 */
export function together<A extends Action, I, T>(work: Work<A, I, T>) {
  const queues = new WeakMap<Database, (one: Waiting<A, I, T>) => void>()

  return (op: Op<A>, input: I, own?: Once<T>): Promise<T> => {
    const once = own ?? (op.once as Once<T> | undefined)
    const { database } = op.services
    const join = queues.get(database) ?? queueOf(database, work)
    queues.set(database, join)
    return new Promise((resolve, reject) => join({ op, input, once, resolve, reject }))
  }
}

function queueOf<A extends Action, I, T>(database: Database, work: Work<A, I, T>) {
  let waiting: Waiting<A, I, T>[] = []
  let flights = 0

  async function fly(): Promise<void> {
    if (waiting.length === 0 || flights >= FLIGHTS_MOST) return
    const joining = waiting.slice(0, JOINING_MOST)
    waiting = waiting.slice(JOINING_MOST)
    flights += 1
    await settle(database, work, joining)
    flights -= 1
    void fly()
  }

  return (one: Waiting<A, I, T>): void => {
    waiting.push(one)
    // After the other requests that have arrived by now were read.
    setImmediate(() => void fly())
  }
}

/** Answers each of them; never fails itself. */
async function settle<A extends Action, I, T>(
  database: Database,
  work: Work<A, I, T>,
  joining: readonly Waiting<A, I, T>[],
): Promise<void> {
  if (joining.length === 1) return oneByOne(work, joining)
  try {
    const replies = await inTransaction(database, (db) => performAll(db, work, joining))
    for (const [at, { resolve }] of joining.entries()) resolve(replyAt(replies, at))
  } catch (error) {
    // It may have been committed all the same: who asked with a key will find out, and nobody's report is stored twice.
    if (databaseAway(error)) for (const { reject } of joining) reject(error)
    else await oneByOne(work, joining)
  }
}

async function oneByOne<A extends Action, I, T>(work: Work<A, I, T>, joining: readonly Waiting<A, I, T>[]) {
  for (const { op, input, once, resolve, reject } of joining)
    await op.act(async (act) => replyAt(await work([{ act, input }]), 0), once).then(resolve, reject)
}

async function performAll<A extends Action, I, T>(
  db: Writer,
  work: Work<A, I, T>,
  joining: readonly Waiting<A, I, T>[],
): Promise<readonly T[]> {
  const begun = joining.map(({ op, input }) => ({ ...beginAct(op, db), input }))
  const replies = await work(begun)
  const kept = joining.flatMap(({ op, once }, at) =>
    once === undefined ? [] : [{ by: op, once, reply: replyAt(replies, at) }],
  )
  await keepReplies(db, kept)
  await insertAuditRows(
    db,
    begun.map(({ auditRow }) => auditRow()),
  )
  return replies
}

function replyAt<T>(replies: readonly T[], at: number): T {
  if (at >= replies.length) throw new Error('an act was not answered')
  return replies[at] as T
}
