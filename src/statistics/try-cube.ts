import type { Id } from '../platform/kernel/ids.ts'
import type { Op } from '../platform/operation/op.ts'
import type { Period } from './period.ts'
import { planRelease } from './plan.ts'
import { protectCube } from './protect-cube.ts'
import type { Trial } from './schema.ts'
import type { Countable } from './service.ts'

type Asked = { readonly id: Id<'statistics_cubes'>; readonly period: Period; readonly countable: Countable }

const unwatched = { gone: new AbortController().signal, onProgress: () => undefined }

/** How much of a cube would be hidden, of a period that may still go on. Nothing of it is kept. */
export async function tryCube(op: Op<'cube.try'>, asked: Asked): Promise<Trial> {
  const { job } = await op.act((act) => planRelease(act, asked))
  const found = await protectCube(job, unwatched)
  if (found === undefined) throw new Error('a trial that nobody cancels has an end')
  if (found.kind === 'refused')
    return {
      outcome: 'refused',
      reason: found.reason,
      roll_up: found.roll_up,
      cells: 0,
      cells_shown: 0,
      persons_shown: [],
    }
  const { cells, cells_shown, persons_shown_1, persons_shown_2 } = found.measures
  return {
    outcome: 'passes',
    reason: null,
    roll_up: null,
    cells,
    cells_shown,
    persons_shown: [persons_shown_1, persons_shown_2].map((share, at) => ({ dimensions: at + 1, share })),
  }
}
