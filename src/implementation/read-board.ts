import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { Mechanism, View } from '../reference/schema.ts'
import { rulesOn } from '../reference/service.ts'
import { boardOf, byCertainty, chosen, type Counted } from './board.ts'
import { boardPolicy } from './policy.ts'
import { countedOf } from './public-decisions.ts'
import { wholly } from './read-decisions.ts'
import { type DecisionRow, listMine, revealDecisions } from './repo.ts'
import type { Decision } from './schema.ts'
import type { BoardQuery, Boards } from './schema-board.ts'

/** What is public, and what is ours of the cases that one is on the team of: beside one another, and never added. */
export function readBoard(op: Op<'board.read'>, query: BoardQuery): Promise<Boards> {
  return op.act(async (act) => {
    const on = dayOf(act.services.now())
    const views = await rulesOn(act, { file: 'views', schema: View }, on)
    const known = chosen(
      views.map(({ rule, ref }) => countedOf(rule, { certainty: ref.certainty, today: on })),
      query,
    )
    const own = chosen(await ownDecisions(act, on), query)
    return { on, public: { ...boardOf(known), by_certainty: byCertainty(known) }, own: new Secret(boardOf(own)) }
  })
}

async function ownDecisions(act: Act<'board.read'>, on: string): Promise<Counted[]> {
  const rows = boardPolicy<DecisionRow>().grantEach(act, await listMine(act))
  const opened = await revealDecisions(act, rows)
  const committees = await rulesOn(act, { file: 'mechanisms', schema: Mechanism }, on)
  const bodies = new Map(committees.map(({ rule }) => [rule.id, rule.coded.body]))
  const whole: Decision[] = []
  for (const id of new Set(rows.map(({ case_id }): Id<'cases'> => case_id)))
    whole.push(
      ...(await wholly(
        act,
        { id },
        opened.filter(({ case_id }) => case_id === id),
      )),
    )
  return whole.flatMap((decision) => counted(decision, bodies))
}

function counted({ legal, reply, measures }: Decision, bodies: ReadonlyMap<string, string>): Counted[] {
  if (legal === null) return []
  const told = consult(legal, (decision) => decision)
  const found = told.findings.filter(({ finding }) => finding === 'violation')
  return [
    {
      state: told.state,
      committee: bodies.get(told.mechanism) ?? told.mechanism,
      year: told.adopted_on.slice(0, 4),
      articles: [...new Set(found.map(({ article }) => article))],
      certainty: 'own',
      reply: consult(reply, ({ status }) => status),
      measures: measures.flatMap((measure) =>
        measure.legal === null
          ? []
          : [
              {
                remedy: consult(measure.legal, ({ remedy }) => remedy),
                status: consult(measure.status, (status) => status),
                payments: consult(measure.payments, (payments) => payments),
              },
            ],
      ),
    },
  ]
}
