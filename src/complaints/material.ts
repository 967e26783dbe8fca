import { z } from 'zod'
import { viewCase } from '../cases/service.ts'
import { mayDo } from '../consents/service.ts'
import { episodesOf } from '../detention/service.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'
import { stepsOf } from '../proceedings/service.ts'
import { rowsOn } from '../reference/service.ts'
import type { EpisodeTold, LadderStep, Material } from './document-parts.ts'
import { type Form, formOf } from './forms.ts'
import { bodyOf, nameOfBody } from './one-body.ts'
import { complaintsOf } from './policy.ts'
import { type ComplaintContents, type ComplaintRow, findComplaint, revealComplaints } from './repo.ts'
import { contentsOf } from './service.ts'

type Making = Act<'complaint.make_document'>
type Found = Awaited<ReturnType<typeof viewCase>>
type Path = { readonly id: Id<'cases'>; readonly complaint_id: Id<'complaints'> }

/** All that the document of a complaint is made from. */
export async function materialOf(act: Making, { id, complaint_id }: Path): Promise<Secret<Material>> {
  const found = await viewCase(act, id)
  const row = complaintsOf<ComplaintRow>(found).grant(act, await findComplaint(act, complaint_id))
  const [opened] = await revealComplaints(act, [row])
  const contents = contentsOf(opened)
  const { mechanism, state } = consult(contents.legal, (told) => told)
  const form = await formOf(act, mechanism)
  const around = {
    reference: found.reference,
    body: await nameOfBody(act, contents.legal),
    form,
    ladder: (await ladderOf(act, id)).filter((step) => step.state === state),
    episodes: await detentionOf(act, found, form),
    consents: await consentsOf(act, found, contents),
  }
  return revealTo(contents.legal, (legal) =>
    consult(contents.identity, (identity) =>
      consult(contents.narrative, (narrative) => ({ ...around, identity, narrative, legal })),
    ),
  )
}

const Named = z.object({ name: z.string() })

/** The steps before domestic authorities in the order of their days, each by its name in the ladder. */
async function ladderOf(act: Making, id: Id<'cases'>): Promise<(LadderStep & { state: string })[]> {
  const names = await rowsOn(act, 'domestic_ladder', dayOf(act.services.now()))
  const nameOf = (code: string) => Named.safeParse(names.find(({ row }) => row === code)?.content).data?.name ?? code
  const steps = (await stepsOf(act, id)).flatMap(({ legal }) =>
    legal === null ? [] : [consult(legal, (told) => ({ ...told, step: nameOf(told.step_code) }))],
  )
  const day = ({ filed_on, decided_on, served_on }: LadderStep) => filed_on ?? decided_on ?? served_on ?? '9999'
  return steps.toSorted((a, b) => (day(a) === day(b) ? 0 : day(a) < day(b) ? -1 : 1))
}

/** Where the form asks of it, who was held where; nothing is opened for a form that does not. */
async function detentionOf(act: Making, found: Found, { rule: { sections } }: Form): Promise<EpisodeTold[]> {
  if (!sections.includes('arrest') && !sections.includes('detention')) return []
  return (await episodesOf(act, found)).flatMap(({ facts, narrative }) =>
    facts === null
      ? []
      : [{ ...consult(facts, (told) => told), told: narrative ? consult(narrative, (is) => is) : {} }],
  )
}

/** Of each victim, whether it may go to this very body as consents stand. */
async function consentsOf(act: Making, { id }: Found, { legal, identity }: ComplaintContents): Promise<boolean[]> {
  const recipient = await bodyOf(act, legal)
  const subjects = consult(identity, ({ victims }) => victims.map(({ consent_of }) => consent_of))
  const consents: boolean[] = []
  for (const subject of subjects) {
    const wish = { case_id: id, purpose: 'submit_to_un_body', subject } as const
    consents.push(recipient !== undefined && (await mayDo(act, { ...wish, recipient })).may)
  }
  return consents
}
