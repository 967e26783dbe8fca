import { Logger, parseCronItems, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Action, Actor } from '../access/roles.ts'
import { nobodyId } from '../kernel/ids.ts'
import { type Act, begin, type Op, type Services } from '../operation/op.ts'

/**
 * Background work on a schedule (crontab form, UTC): an act of the worker, who has no keys and so sees ids, days and
 * states only. It may run twice, so what it does must come out the same the second time.
 */
export type Job<A extends Action = Action, R = unknown> = {
  readonly name: string
  readonly action: A
  readonly schedule: string
  handle(act: Act<A>): Promise<R>
  /** What reaches outside, such as mail: once the act is over, so that no transaction waits for it or repeats it. */
  after?(result: R, op: Op<A>): Promise<void>
}

/** A job cannot be written without naming its action. */
export const job = <const A extends Action, R>(definition: Job<A, R>): Job => definition

/** An op of the worker, for what is done before the service listens. */
export const asWorker = <A extends Action>(services: Services, action: A): Promise<Op<A>> =>
  begin(services, { actor: worker, unlocked: null }, action)

const worker: Actor = { id: nobodyId, organisationId: null, roles: ['worker'], standing: 'full' }
const silent = new Logger(() => () => undefined)

const tasksOf = (services: Services, jobs: readonly Job[]): TaskList =>
  Object.fromEntries(
    jobs.map((definition) => [
      definition.name,
      async () => {
        const op = await asWorker(services, definition.action)
        const result = await op.act((act) => definition.handle(act))
        await definition.after?.(result, op)
      },
    ]),
  )

/** Starts the schedule in this process. Several replicas share it: each job runs at one of them. */
export function startWorker(services: Services, pgPool: Pool, jobs: readonly Job[]): Promise<Runner> {
  return run({
    pgPool,
    taskList: tasksOf(services, jobs),
    parsedCronItems: parseCronItems(
      jobs.map(({ name, schedule }) => ({ task: name, match: schedule, identifier: name })),
    ),
    concurrency: 1,
    noHandleSignals: true,
    logger: silent,
  })
}

/** Runs each of the jobs once, now, as a schedule would. */
export async function runJobs(services: Services, pgPool: Pool, jobs: readonly Job[]): Promise<void> {
  for (const { name } of jobs) await pgPool.query('select graphile_worker.add_job($1)', [name])
  await runOnce({ pgPool, taskList: tasksOf(services, jobs), noHandleSignals: true, logger: silent })
}
