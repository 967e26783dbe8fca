import { z } from 'zod'
import { viewCase } from '../cases/service.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { DocumentModel } from '../platform/documents/model.ts'
import { type DocumentFormat, documentMedia, render } from '../platform/documents/render.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { stepsOf } from '../proceedings/service.ts'
import { rowsOn } from '../reference/service.ts'
import { checkOf } from './document-check.ts'
import { documentOf } from './document-model.ts'
import type { LadderStep, Material } from './document-parts.ts'
import { nameOfBody } from './one-body.ts'
import { complaintsOf } from './policy.ts'
import { type ComplaintRow, findComplaint, revealComplaints } from './repo.ts'
import type { FormLanguage } from './schema-content.ts'
import { contentsOf } from './service.ts'

type Making = Act<'complaint.make_document'>
type Wanted = {
  readonly id: Id<'cases'>
  readonly complaint_id: Id<'complaints'>
  readonly language?: FormLanguage | undefined
}

/** What a document of the complaint would lack. */
export function checkDocument(op: Op<'complaint.make_document'>, { language, ...wanted }: Wanted) {
  return op.act(async (act) => {
    const check = revealTo(await materialOf(act, wanted), (known) => checkOf(known, language ?? known.legal.language))
    return { id: wanted.complaint_id, check }
  })
}

/**
 * The complaint as a file. Two acts: one reads, the other writes down the hash of what was handed out, so that a copy that
 * turns up later can be traced. The pages are made between them.
 */
export async function makeDocument(
  op: Op<'complaint.make_document'>,
  { format, language, ...wanted }: Wanted & { readonly format: DocumentFormat },
) {
  const model = await op.act(async (act) =>
    revealTo(await materialOf(act, wanted), (known) => documentOf(known, language ?? known.legal.language)),
  )
  const content = await consult<DocumentModel, Promise<Buffer>>(model, (known) => render(known, format))
  await op.act(async (act) => {
    await viewCase(act, wanted.id)
    act.concerns('complaints', wanted.complaint_id, plainSha256(content))
  })
  return { media: documentMedia[format], file: `complaint.${format}`, content }
}

async function materialOf(act: Making, { id, complaint_id }: Omit<Wanted, 'language'>): Promise<Secret<Material>> {
  const found = await viewCase(act, id)
  const row = complaintsOf<ComplaintRow>(found).grant(act, await findComplaint(act, complaint_id))
  const [opened] = await revealComplaints(act, [row])
  const { legal, identity, narrative } = contentsOf(opened)
  const body = await nameOfBody(act, legal)
  const steps = await ladderOf(act, id)
  return revealTo(legal, (claimed) =>
    consult(identity, (who) =>
      consult(narrative, (told) => ({
        reference: found.reference,
        body,
        identity: who,
        narrative: told,
        legal: claimed,
        ladder: steps.filter(({ state }) => state === claimed.state),
      })),
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
