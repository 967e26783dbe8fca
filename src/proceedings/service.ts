import { viewCase, workOnCase } from '../cases/service.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { ExhaustionRule } from '../reference/schema.ts'
import { rowsOn, rulesOn } from '../reference/service.ts'
import { exhaustionOf, type Ruled, type Step } from './exhaustion.ts'
import { proceedingsOf } from './policy.ts'
import { tooManySteps, unknownStep } from './problems.ts'
import { findProceeding, insertProceeding, listProceedings, revealProceedings, updateProceeding } from './repo.ts'
import {
  type Exhaustion,
  type Proceeding,
  type ProceedingLegal,
  type ProceedingReceipt,
  STEPS_MAX,
  type StateExhaustion,
} from './schema.ts'

/** Told when the days of a step have changed. Given from outside: deadlines know proceedings, not the other way round. */
export type DaysChanged = (
  act: Act<'proceeding.change'>,
  step: { id: Id<'proceedings'>; legal: Secret<ProceedingLegal> },
) => Promise<void>

export function addProceeding(
  op: Op<'proceeding.add'>,
  caseId: Id<'cases'>,
  legal: Secret<ProceedingLegal>,
): Promise<ProceedingReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, caseId)
    await checkStep(act, legal)
    if ((await listProceedings(act, caseId)).length >= STEPS_MAX) throw new Problem(tooManySteps)
    const made = await insertProceeding(act, found, legal)
    return { ...made, case_id: caseId, version: 1 }
  })
}

type Changing = {
  readonly id: Id<'cases'>
  readonly proceeding_id: Id<'proceedings'>
  readonly version: number
  readonly legal: Secret<ProceedingLegal>
}

/** Replaces what is known of a step; its deadlines are counted again. */
export function changeProceeding(
  op: Op<'proceeding.change'>,
  daysChanged: DaysChanged,
  { id, proceeding_id, version, legal }: Changing,
): Promise<ProceedingReceipt> {
  return op.act(async (act) => {
    const found = await workOnCase(act, id)
    const row = proceedingsOf(found).grant(act, await findProceeding(act, proceeding_id))
    await checkStep(act, legal)
    if (!(await updateProceeding(act, row, { version, legal }))) throw new Problem(staleVersion)
    await daysChanged(act, { id: row.id, legal })
    return { id: row.id, case_id: id, version: version + 1, recorded_on: row.recorded_on }
  })
}

async function checkStep(act: Act, legal: Secret<ProceedingLegal>): Promise<void> {
  const steps = await rowsOn(act, 'domestic_ladder', dayOf(act.services.now()))
  if (!consult(legal, ({ step_code }) => steps.some(({ row }) => row === step_code))) throw new Problem(unknownStep)
}

export function readProceedings(op: Op<'proceeding.list'>, caseId: Id<'cases'>): Promise<{ items: Proceeding[] }> {
  return op.act(async (act) => ({ items: await stepsOf(act, caseId) }))
}

/** The steps of a case that the actor is on the team of. */
export async function stepsOf(act: Act, caseId: Id<'cases'>): Promise<Proceeding[]> {
  const found = await viewCase(act, caseId)
  const by = { actor: act.actor, action: 'proceeding.list' } as const
  return revealProceedings(act, proceedingsOf(found).grantEach(by, await listProceedings(act, caseId)))
}

/** One step of a case, for the deadlines that run from its days. */
export async function openProceeding(act: Act, caseId: Id<'cases'>, id: Id<'proceedings'>): Promise<Proceeding> {
  const found = await viewCase(act, caseId)
  const by = { actor: act.actor, action: 'proceeding.list' } as const
  const [opened] = await revealProceedings(act, [proceedingsOf(found).grant(by, await findProceeding(act, id))])
  if (opened === undefined) throw new Error('a row that was granted was not opened')
  return opened
}

/** Whether domestic remedies are exhausted, State by State, and by which rule. */
export function readExhaustion(op: Op<'proceeding.read_exhaustion'>, id: Id<'cases'>): Promise<Exhaustion> {
  return op.act(async (act) => {
    const on = dayOf(act.services.now())
    return { id, on, states: new Secret(await exhaustionByState(act, id, on)) }
  })
}

/** What the steps of a case come to, State by State. The actor is on its team, or there is nothing. */
export async function exhaustionByState(act: Act, id: Id<'cases'>, on: string): Promise<StateExhaustion[]> {
  const steps = (await stepsOf(act, id)).flatMap(({ id: step, legal }): Step[] =>
    legal === null ? [] : [{ id: step, told: consult(legal, (told) => told) }],
  )
  const rules: Ruled[] = await rulesOn(act, { file: 'exhaustion_rules', schema: ExhaustionRule }, on)
  const states = [...new Set(steps.map(({ told }) => told.state))].sort()
  return states.map((state) =>
    exhaustionOf(
      { state, steps: steps.filter(({ told }) => told.state === state) },
      rules.find(({ rule }) => rule.code === state),
      on,
    ),
  )
}

/** Whether a step of the case ended the way to a domestic remedy, whatever it brought. */
export async function hasFinalOutcome(act: Act, caseId: Id<'cases'>): Promise<boolean> {
  const states = await exhaustionByState(act, caseId, dayOf(act.services.now()))
  const final: readonly string[] = ['final_step_decided', 'final_by_judgement', 'remedy_granted']
  return states.some(({ reasons }) => reasons.some(({ code }) => final.includes(code)))
}
