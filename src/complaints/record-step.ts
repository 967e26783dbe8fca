import { openClaim } from '../admissibility/service.ts'
import { viewCase, workOnCase, type WorkingCase } from '../cases/service.ts'
import { mayDo } from '../consents/service.ts'
import { followCauses } from '../deadlines/service.ts'
import type { Granted } from '../platform/access/policy.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf, secondsAfter } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { causedBy } from './caused.ts'
import { mustBeInOrder, mustFollowFacts } from './check-steps.ts'
import { walk } from './lifecycle.ts'
import { bodyOf } from './one-body.ts'
import { type OpenStep, openSteps } from './open-steps.ts'
import { complaintsOf } from './policy.ts'
import { cannotBeJoined, consentMissing, notOfThisCase, tooManyComplaints, twoCommittees } from './problems.ts'
import {
  type ComplaintContents,
  type ComplaintRow,
  findComplaint,
  lockComplaint,
  revealComplaints,
  updateStage,
} from './repo.ts'
import { findLetter } from './repo-letters.ts'
import { findStep, insertStep, type StepRow, updateStep } from './repo-steps.ts'
import { type StepChange, type StepLegal, type StepReceipt, STEPS_MAX } from './schema.ts'
import { contentsOf } from './service.ts'

type Recording = Act<'complaint.record'>
type Path = { readonly id: Id<'cases'>; readonly complaint_id: Id<'complaints'> }

/** All that a step is judged against. */
type Ground = {
  readonly found: WorkingCase
  readonly row: Granted<'complaint.record', ComplaintRow>
  readonly contents: ComplaintContents
  readonly steps: readonly OpenStep[]
}

/** Records what happened. Its deadlines follow in the same act. */
export function recordStep(op: Op<'complaint.record'>, path: Path, legal: Secret<StepLegal>): Promise<StepReceipt> {
  return op.act(async (act) => {
    const ground = await groundOf(act, path)
    if (ground.steps.length >= STEPS_MAX) throw new Problem(tooManyComplaints)
    const told = consult(legal, (step) => step)
    const standing = ground.steps.filter(({ is_void }) => !is_void)
    await mustStand(act, ground, { told, after: [...standing.map((step) => step.told), told] })
    const made = await insertStep(act, ground.found, { complaint_id: path.complaint_id, legal })
    const stage = await settle(act, ground, [...standing.map(marked), { ...told, id: made.id }])
    return { ...made, stage }
  })
}

const marked = ({ id, told }: OpenStep) => ({ ...told, id })

async function groundOf(act: Recording, { id, complaint_id }: Path): Promise<Ground> {
  const found = await workOnCase(act, id)
  const row = complaintsOf<ComplaintRow>(found).grant(act, await lockComplaint(act, complaint_id))
  const [opened] = await revealComplaints(act, [row])
  return { found, row, contents: contentsOf(opened), steps: await openSteps(act, found, [complaint_id]) }
}

type Standing = { readonly told: StepLegal; readonly after: readonly StepLegal[] }

async function mustStand(act: Recording, ground: Ground, { told, after }: Standing): Promise<void> {
  const { found, contents, steps, row } = ground
  mustBeInOrder(after, lastDayOnEarth(act))
  const claim = (await openClaim(act, found.id)).legal
  mustFollowFacts(
    after.map((step) => ({ told: step })),
    { narrative: contents.narrative, claim },
  )
  const wasFiled = steps.some((step) => !step.is_void && step.told.step === 'submitted')
  if (told.step === 'submitted' && !wasFiled) await mustHaveConsent(act, ground)
  if (told.other !== undefined) await mustJoin(act, ground, told.other)
  if (told.letter_id !== undefined && (await findLetter(act, told.letter_id))?.complaint_id !== row.id)
    throw new Problem(notOfThisCase)
}

const DAY_AHEAD_SECONDS = 14 * 60 * 60

/** The day that has begun somewhere on earth. */
const lastDayOnEarth = ({ services }: Act) => dayOf(secondsAfter(services.now(), DAY_AHEAD_SECONDS))

/** Everybody whose complaint it is must have allowed that it goes to this very body. */
async function mustHaveConsent(act: Recording, { found, contents }: Ground): Promise<void> {
  const recipient = await bodyOf(act, contents.legal)
  if (recipient === undefined) throw new Error('a mechanism of a complaint is known')
  const subjects = consult(contents.identity, ({ victims }) => victims.map(({ consent_of }) => consent_of))
  const missing: { victim: number; why: readonly string[] }[] = []
  for (const [at, subject] of subjects.entries()) {
    const verdict = await mayDo(act, { case_id: found.id, purpose: 'submit_to_un_body', recipient, subject })
    if (!verdict.may) missing.push({ victim: at + 1, why: verdict.why })
  }
  if (missing.length > 0) throw new Problem(consentMissing, { missing })
}

/** Two complaints are joined by one body, against one State. */
async function mustJoin(act: Recording, { contents, row }: Ground, other: Id<'complaints'>): Promise<void> {
  const there = await findComplaint(act, other)
  if (there === undefined || there.id === row.id) throw new Problem(cannotBeJoined)
  const by = { actor: act.actor, action: 'complaint.list' } as const
  const granted = complaintsOf<ComplaintRow>(await viewCase(act, there.case_id)).grant(by, there)
  const [opened] = await revealComplaints(act, [granted])
  const mine = addressOf(contents)
  const theirs = addressOf(contentsOf(opened))
  if (mine.mechanism !== theirs.mechanism) throw new Problem(twoCommittees)
  if (mine.state !== theirs.state) throw new Problem(cannotBeJoined)
}

const addressOf = ({ legal }: ComplaintContents) => consult(legal, ({ mechanism, state }) => ({ mechanism, state }))

/** Where the complaint stands now, and the deadlines that its steps bring. */
async function settle(act: Recording, { found, row, contents, steps }: Ground, after: Parameters<typeof causedBy>[1]) {
  const { stage } = walk(after)
  if (stage !== row.stage) await updateStage(act, row, stage)
  const { mechanism, state } = addressOf(contents)
  const causes = [...new Set([...steps, ...after].map(({ id }) => id))]
  await followCauses(act, found, { state, causes, caused: causedBy(mechanism, after) })
  return stage
}

type Changing = Path & {
  readonly step_id: Id<'complaint_steps'>
  readonly version: number
  readonly change: StepChange
}

/** Replaces a step, or makes it void; what remains must still be able to have happened. */
export function changeStep(
  op: Op<'complaint.record'>,
  { step_id, version, change, ...path }: Changing,
): Promise<StepReceipt> {
  return op.act(async (act) => {
    const ground = await groundOf(act, path)
    const row = complaintsOf<StepRow>(ground.found).grant(act, await findStep(act, step_id))
    const before = ground.steps.find(({ id }) => id === step_id)
    if (!before?.legal) throw new Problem(notFound)
    const legal = change.legal ?? before.legal
    const is_void = change.is_void ?? before.is_void
    const told = consult(legal, (step) => step)
    const others = ground.steps.filter((step) => !step.is_void && step.id !== step_id)
    const after = [...others.map(marked), ...(is_void ? [] : [{ ...told, id: step_id }])]
    await mustRemain(act, ground, { told, after, is_void })
    if (!(await updateStep(act, row, { version, is_void, legal }))) throw new Problem(staleVersion)
    const stage = await settle(act, ground, after)
    const { complaint_id, recorded_by, recorded_on } = row
    return { id: step_id, complaint_id, recorded_by, recorded_on, is_void, version: version + 1, stage }
  })
}

function mustRemain(act: Recording, ground: Ground, { is_void, told, after }: Standing & { is_void: boolean }) {
  if (!is_void) return mustStand(act, ground, { told, after })
  mustBeInOrder(after, lastDayOnEarth(act))
  return Promise.resolve()
}
