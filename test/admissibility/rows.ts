import type { z } from 'zod'
import { answersTo } from '../../src/admissibility/answer.ts'
import type { Claim, Rows, Ruled } from '../../src/admissibility/claim.ts'
import { exactly } from '../../src/admissibility/day-range.ts'
import type { Answer } from '../../src/admissibility/schema.ts'
import type { StateExhaustion } from '../../src/proceedings/schema.ts'
import { certaintyOf } from '../../src/reference/certainty.ts'
import { readFileRows } from '../../src/reference/repo-files.ts'
import {
  Acceptance,
  DeadlineRule,
  Mechanism,
  OtherMechanism,
  type ReferenceFile,
  type RuleRef,
} from '../../src/reference/schema.ts'

const folder = new URL('../../schemas/reference/', import.meta.url)

function ruled<S extends z.ZodType>(file: ReferenceFile, schema: S): Ruled<z.output<S>>[] {
  return readFileRows(folder, file).map(({ row, content }) => ({
    rule: schema.parse(content),
    ref: { file, row, version: 1, certainty: certaintyOf(content['certainty']), sources: [] },
  }))
}

/** The rows as they lie in the files. */
export const rows: Rows = {
  mechanisms: ruled('mechanisms', Mechanism),
  others: ruled('other_mechanisms', OtherMechanism),
  acceptance: ruled('acceptance', Acceptance),
  deadlines: ruled('deadline_rules', DeadlineRule),
}

const rule: RuleRef = { file: 'exhaustion_rules', row: 'KZ', version: 1, certainty: 'low', sources: [] }

/** What the ladder came to. */
export const remedies = (more: Partial<StateExhaustion> = {}): StateExhaustion => ({
  state: 'KZ',
  status: 'exhausted',
  reasons: [],
  final_served_on: '2026-06-01',
  final_decided_on: '2026-05-20',
  rule,
  ...more,
})

export const TODAY = '2026-11-25'

/** A claim that nothing speaks against: it happened in 2024, the remedies ended this year, nobody else was asked. */
export const claimOf = (more: Partial<Claim> = {}): Claim => ({
  on: TODAY,
  state: 'KZ',
  began: exactly('2024-03-17'),
  ended: exactly('2024-03-17'),
  continues: 'no',
  articles: ['CCPR-7', 'CAT-12', 'CEDAW-2', 'CERD-5', 'CRPD-15', 'CED-17', 'CESCR-12', 'CRC-37', 'CMW-10'],
  violations: ['torture_physical'],
  victims_are_children: 'yes',
  is_anonymous: false,
  is_urgent: 'no',
  is_late_explained: false,
  elsewhere: [],
  projects: [],
  remedies: remedies(),
  ...more,
})

export function answerOf(mechanism: string, claim: Claim): Answer {
  const found = answersTo(claim, rows).find((answer) => answer.mechanism === mechanism)
  if (found === undefined) throw new Error(`no answer for ${mechanism}`)
  return found
}

/** The effect of one reason, and the row that it names. */
export function reasonIn(answer: Answer, code: string) {
  const found = answer.reasons.find((reason) => reason.code === code)
  return found === undefined
    ? `not among ${answer.reasons.map((reason) => reason.code).join()}`
    : [found.effect, `${found.rule.file}/${found.rule.row}`]
}
