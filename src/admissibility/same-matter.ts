import type { Acceptance, Mechanism } from '../reference/schema.ts'
import { because, type Claim, type Rows, type Ruled } from './claim.ts'
import type { Elsewhere, Reason } from './schema.ts'

type Counts = 'yes' | 'maybe' | 'no'

/** Whether a committee counts a body as another procedure: other committees, and what is not known here, do. */
export function countsAs(body: string, { others }: Pick<Rows, 'others'>): Counts {
  return others.find(({ rule }) => rule.id === body)?.rule.coded.procedure ?? 'yes'
}

type Asked = {
  readonly mechanism: Ruled<Mechanism>
  readonly accepted: Ruled<Acceptance> | undefined
  readonly rows: Pick<Rows, 'others'>
}

/** What pending or decided matters elsewhere mean for one committee. */
export function sameMatterOf({ elsewhere }: Claim, asked: Asked): Reason[] {
  const told = elsewhere.filter(({ same_matter }) => same_matter !== 'no')
  if (told.length === 0)
    return [because(asked.mechanism.ref, { check: 'same_matter', code: 'nowhere_else', effect: 'passes' })]
  return told.map((other) => judged(other, asked))
}

function judged(other: Elsewhere, asked: Asked): Reason {
  const { rule, ref } = asked.mechanism
  const say: Say = (code, effect) => because(ref, { check: 'same_matter', code, effect })
  if (other.body === rule.id) return say('already_here', 'warns')
  if (rule.coded.same_matter === 'no_bar') return say('no_bar', 'passes')
  const counts = countsAs(other.body, asked.rows)
  if (counts === 'no' || other.status === 'withdrawn') return say('not_another_procedure', 'warns')
  const isSure = counts === 'yes' && other.same_matter === 'yes'
  return other.status === 'pending' ? say(...whilePending(isSure)) : examined(asked, isSure, say)
}

type Told = [code: string, effect: Reason['effect']]

const whilePending = (isSure: boolean): Told =>
  isSure ? ['pending_elsewhere', 'bars'] : ['possibly_pending_elsewhere', 'doubts']

function examined({ mechanism: { rule }, accepted }: Asked, isSure: boolean, say: Say): Reason {
  const { same_matter, examined: exception } = rule.coded
  if (same_matter === 'pending_or_examined')
    return isSure ? say('examined_elsewhere', 'bars') : say('possibly_examined_elsewhere', 'doubts')
  return exception === undefined ? say('examined_is_no_bar', 'passes') : reserved(accepted, isSure, say)
}

type Say = (...told: Told) => Reason

/** What was examined elsewhere shuts the door only of a State that reserved itself. */
function reserved(accepted: Ruled<Acceptance> | undefined, isSure: boolean, say: Say): Reason {
  const answer = accepted?.rule.examined_reserved
  if (accepted === undefined || answer === undefined) return say('reservation_not_looked_up', 'doubts')
  if (!answer) return say('examined_is_no_bar', 'passes')
  return because(accepted.ref, {
    check: 'same_matter',
    code: 'examined_and_reserved',
    effect: isSure ? 'bars' : 'doubts',
  })
}
