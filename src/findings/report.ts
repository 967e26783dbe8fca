import { viewCase } from '../cases/service.ts'
import { mayDo } from '../consents/service.ts'
import { episodesOf } from '../detention/service.ts'
import { plainSha256 } from '../platform/crypto/code.ts'
import { consult, gathered, revealTo, type Secret } from '../platform/crypto/secret.ts'
import type { DocumentModel } from '../platform/documents/model.ts'
import { type DocumentFormat, documentMedia, render } from '../platform/documents/render.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { examinationPolicy, findingPolicy } from './policy.ts'
import { noExamination, storingNotAllowed, tooLongForReport } from './problems.ts'
import { findExamination, listExaminations, revealExaminations } from './repo-examinations.ts'
import { listFindings, revealFindings } from './repo.ts'
import { type Material, reportOf, type ToldExamination } from './report-model.ts'
import type { ReportLanguage } from './report-words.ts'

const EXAMINATIONS_MOST = 50
const FINDINGS_MOST = 1_000

type Making = Act<'medical_report.make'>
type Found = Awaited<ReturnType<typeof viewCase>>
type Wanted = {
  readonly case_id: Id<'cases'>
  readonly examination_id?: Id<'examinations'> | undefined
  readonly format: DocumentFormat
  readonly language: ReportLanguage
}

/**
 * The report of one examination, or of all. Two acts: one reads, the other writes down the hash of what was handed out, so
 * that a report that turns up later can be traced. The pages are made between them: that takes its time.
 */
export async function makeReport(op: Op<'medical_report.make'>, { case_id, format, language, ...wanted }: Wanted) {
  const model = await op.act(async (act) => {
    const found = await viewCase(act, case_id)
    await mustBeKept(act, case_id)
    return revealTo(await materialOf(act, found, wanted.examination_id), (known) => reportOf(known, language))
  })
  const content = await consult<DocumentModel, Promise<Buffer>>(model, (known) => render(known, format))
  await op.act(async (act) => {
    await viewCase(act, case_id)
    act.concerns('cases', case_id, plainSha256(content))
  })
  return { media: documentMedia[format], file: `medical-report.${format}`, content }
}

/** Who took back the consent to keep what was told has taken back what a report is made from. */
async function mustBeKept(act: Making, case_id: Id<'cases'>): Promise<void> {
  const verdict = await mayDo(act, { case_id, purpose: 'store' })
  if (verdict.may) return
  const why = verdict.why.filter((reason) => reason !== 'not_asked')
  if (why.length > 0) throw new Problem(storingNotAllowed, { why })
}

async function materialOf(act: Making, found: Found, id: Id<'examinations'> | undefined): Promise<Secret<Material>> {
  const examinations = await examinationsOf(act, found, id)
  const findings = await findingsOf(act, found)
  const of = (examination: Id<'examinations'> | null) =>
    gathered(findings.filter(({ examination_id }) => examination_id === examination).map(({ told }) => told))
  const told = gathered(
    examinations.map((one) =>
      revealTo(one.told, (known) => consult(of(one.id), (own): ToldExamination => ({ ...known, findings: own }))),
    ),
  )
  const loose = id === undefined ? of(null) : gathered<never>([])
  const episodes = await toldEpisodes(act, found)
  return revealTo(told, (all) =>
    consult(loose, (others) =>
      consult(episodes, (known) => ({
        reference: found.reference,
        examinations: all,
        loose: others,
        episodes: known,
      })),
    ),
  )
}

/** In the order in which they were recorded. 404 for one that is not of this case. */
async function examinationsOf(act: Making, found: Found, id: Id<'examinations'> | undefined) {
  const policy = examinationPolicy(found)
  const rows =
    id === undefined
      ? policy.grantEach(act, await listExaminations(act.db, { case_id: found.id, limit: EXAMINATIONS_MOST + 1 }))
      : [policy.grant(act, await findExamination(act.db, id))]
  if (rows.length === 0) throw new Problem(noExamination)
  if (rows.length > EXAMINATIONS_MOST) throw new Problem(tooLongForReport)
  const opened = await revealExaminations(act, rows.toReversed())
  return opened.map(({ id: own, identity, narrative, facts }) => {
    if (!identity || !narrative || !facts) throw new Problem(notFound)
    const told = revealTo(identity, (who) =>
      consult(narrative, (said) => consult(facts, (coded) => ({ identity: who, narrative: said, facts: coded }))),
    )
    return { id: own, told }
  })
}

async function findingsOf(act: Making, found: Found) {
  const rows = await listFindings(act.db, { case_id: found.id, limit: FINDINGS_MOST + 1 })
  if (rows.length > FINDINGS_MOST) throw new Problem(tooLongForReport)
  const opened = await revealFindings(act, findingPolicy(found).grantEach(act, rows.toReversed()))
  return opened.map(({ examination_id, facts, narrative }) => {
    if (!facts || !narrative) throw new Problem(notFound)
    const told = revealTo(facts, (kept) => consult(narrative, (said) => ({ facts: kept.found, narrative: said })))
    return { examination_id, told }
  })
}

async function toldEpisodes(act: Making, found: Found) {
  const episodes = await episodesOf(act, found)
  return gathered(
    episodes.map(({ facts, hours_unrecorded }) => {
      if (!facts || !hours_unrecorded) throw new Problem(notFound)
      return revealTo(facts, (coded) => consult(hours_unrecorded, (hours) => ({ facts: coded, hours })))
    }),
  )
}
