import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Checked } from './checker/check.ts'
import type { CubeDefinition, EarlierFact, Progress, Records, Verdict } from './protection/types.ts'
import { inProject } from '../platform/kernel/project.ts'

/** All that the protector is given. It goes from memory to memory, and the thread ends with it. */
export type Task = {
  readonly cube: CubeDefinition
  readonly records: Records
  readonly earlier: readonly EarlierFact[]
  /** The key of the coins. */
  readonly seed: Uint8Array
}

/** What the thread says: how far it is, and at last what came of it. */
type Told<T> = { readonly progress: Progress } | { readonly outcome: T }

export type Watch = { readonly gone: AbortSignal; onProgress(progress: Progress): void }

const MEMORY_MB = 1_024
/** A thread does not take over how its parent loads TypeScript, so it is told first. */
const LOADER = createRequire(import.meta.url)
  .resolve('tsx/esm/api')
  .replace(/cjs$/, 'mjs')

/** The protector's verdict, from a thread of its own; undefined when whoever asked has gone. */
export const protectInThread = (task: Task, watch: Watch) =>
  inThread<Verdict>(inProject('src/statistics/protect-thread.ts'), task, watch)

/** Whether the checker accepts, from a thread of its own; undefined when whoever asked has gone. */
export const checkInThread = (task: Checked, watch: Watch) =>
  inThread<boolean>(inProject('src/statistics/check-thread.ts'), task, watch)

function inThread<T>(script: URL, task: object, { gone, onProgress }: Watch): Promise<T | undefined> {
  if (gone.aborted) return Promise.resolve(undefined)
  const thread = new Worker(startOf(script), {
    eval: true,
    workerData: task,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise<T | undefined>((resolve, reject) => {
    gone.addEventListener('abort', () => resolve(undefined), { once: true })
    thread.on('message', (message: unknown) => {
      const told = z.custom<Told<T>>().parse(message)
      if ('progress' in told) onProgress(told.progress)
      else resolve(told.outcome)
    })
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('a thread ended without an outcome')))
  }).finally(() => thread.terminate())
}

const startOf = (script: URL): string =>
  `import(${JSON.stringify(LOADER)}).then(({ register }) => { register(); return import(${JSON.stringify(script.href)}) })`
