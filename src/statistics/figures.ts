import { homeOf } from '../platform/access/home.ts'
import { consult } from '../platform/crypto/secret.ts'
import { DayCursor, decodeCursor, type PageQuery, cut } from '../platform/database/page.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { statisticsKeyring } from './cubes.ts'
import { fits } from './earlier.ts'
import { overlap, type Period } from './period.ts'
import { figurePolicy } from './policy.ts'
import { bytesChanged, figureBeside, tooManyFigures } from './problems.ts'
import { deleteFigure, findFigure, insertFigure, listFigures, revealFigures } from './repo-figures.ts'
import type { CubeDefinition } from './schema.ts'
import type { NewFigure, PublicFigure } from './schema-figures.ts'

const FIGURES_MAX = 1_000

export function enterFigure(op: Op<'figure.enter'>, { figure }: NewFigure) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    const others = await listFigures(act.db, { organisation_id, limit: FIGURES_MAX })
    if (others.length === FIGURES_MAX) throw new Problem(tooManyFigures)
    const entered_on = dayOf(act.services.now())
    const row = { id: newId('statistics_figures'), organisation_id, entered_by: act.actor.id, entered_on }
    const access = await createRecordKey(act, row, [{ part: 'record', to: await statisticsKeyring(act) }])
    await insertFigure(act, row, { access, facts: figure })
    return { ...row, figure }
  })
}

export function readFigures(op: Op<'figure.list'>, { limit, after }: PageQuery) {
  return op.act(async (act) => {
    const cursor = decodeCursor(DayCursor, after)
    const rows = await listFigures(act.db, { organisation_id: homeOf(act.actor), after: cursor, limit: limit + 1 })
    const { page, next } = cut(rows, limit, (last) => [last.entered_on, last.id])
    const items = await revealFigures(act, figurePolicy.grantEach(act, page))
    return { items: items.map(({ facts, ...row }) => ({ ...row, figure: facts })), next }
  })
}

/** Takes back what was entered by mistake. What is public stays public: it should stand here as long. */
export function removeFigure(op: Op<'figure.remove'>, id: Id<'statistics_figures'>): Promise<void> {
  return op.act(async (act) => deleteFigure(act, figurePolicy.grant(act, await findFigure(act.db, id))))
}

/** The public figures that a reader of this cube has beside it. */
export async function figuresBeside(
  act: Act<'cube.try' | 'release.make' | 'pool.contribute'>,
  definition: CubeDefinition,
  period: Period,
): Promise<PublicFigure[]> {
  const rows = await listFigures(act.db, { organisation_id: homeOf(act.actor), limit: FIGURES_MAX })
  const open = await revealFigures(act, figurePolicy.grantEach(act, rows))
  // A figure that does not open would be forgotten.
  if (open.length < rows.length) throw new Problem(bytesChanged)
  const figures = open
    .map(({ facts }) => consult(facts, (figure) => figure))
    .filter((figure) => figure.population === definition.population && overlap(figure.period, period))
  if (!figures.every((figure) => fits(figure, definition))) throw new Problem(figureBeside)
  return figures
}
