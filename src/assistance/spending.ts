import { findOwnProgramme } from '../organisations/service.ts'
import { homeOf } from '../platform/access/home.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { budgetPolicy, spendingPolicy } from './policy.ts'
import { insertBudgetLine, listBudgetLines, listServicesOf, revealBudgetLines, revealServices } from './repo.ts'
import type { Money, NewBudgetLine, ServiceFacts } from './schema.ts'

type Adding = NewBudgetLine & { readonly programme_id: Id<'programmes'> }

/** Adds a line to the budget of a programme, readable to those who keep the books: the coordinators. */
export function addBudgetLine(op: Op<'budget.add'>, { programme_id, facts }: Adding) {
  return op.act(async (act) => {
    if (!(await findOwnProgramme(act, programme_id))) throw new Problem(notFound)
    const organisation_id = homeOf(act.actor)
    const row = { id: newId('budget_lines'), programme_id, organisation_id }
    const wanted = [{ organisation_id, kind: 'statistics' as const }]
    const books = await writableKeyrings(act, wanted)
    const access = await createRecordKey(
      act,
      row,
      books.map((to) => ({ part: 'record', to })),
    )
    await insertBudgetLine(act, row, { access, facts })
    return { id: row.id, programme_id }
  })
}

/** What of each line of a programme is spent and left. Only costs are added up: who was helped is not looked at. */
export function readSpending(op: Op<'spending.read'>, programme_id: Id<'programmes'>) {
  return op.act(async (act) => {
    if (!(await findOwnProgramme(act, programme_id))) throw new Problem(notFound)
    const rows = budgetPolicy.grantEach(act, await listBudgetLines(act.db, programme_id))
    const lines = await revealBudgetLines(act, rows)
    const costs = await costsByLine(act)
    return {
      programme_id,
      lines: lines.flatMap(({ id, facts }) => (facts === null ? [] : [summed(id, facts, costs.get(id) ?? [])])),
    }
  })
}

const CHUNK = 1_000

/** The costs of all services that count, by the line they were booked to. */
async function costsByLine(act: Act<'spending.read'>): Promise<Map<string, Money[]>> {
  const costs = new Map<string, Money[]>()
  let after: string | undefined
  do {
    const rows = await listServicesOf(act.db, { organisation_id: homeOf(act.actor), after, limit: CHUNK })
    for (const { facts } of await revealServices(act, spendingPolicy.grantEach(act, rows)))
      if (facts !== null) consult(facts, (known) => book(costs, known))
    after = rows[CHUNK - 1]?.id
  } while (after !== undefined)
  return costs
}

function book(costs: Map<string, Money[]>, { budget_line_id, cost }: ServiceFacts): void {
  if (budget_line_id === undefined) return
  const booked = costs.get(budget_line_id) ?? []
  costs.set(budget_line_id, cost === undefined ? booked : [...booked, cost])
}

function summed(id: Id<'budget_lines'>, facts: Secret<{ name: string; budget: Money }>, costs: readonly Money[]) {
  const { name, budget } = consult(facts, (known) => known)
  const totals = new Map<Money['currency'], number>()
  for (const { currency, amount_minor } of costs) totals.set(currency, (totals.get(currency) ?? 0) + amount_minor)
  const spent = { currency: budget.currency, amount_minor: totals.get(budget.currency) ?? 0 }
  totals.delete(budget.currency)
  const in_other_currencies = [...totals].map(([currency, amount_minor]) => ({ currency, amount_minor }))
  const left_minor = budget.amount_minor - spent.amount_minor
  return new Secret({ id, name, budget, spent, left_minor, in_other_currencies, services: costs.length })
}
