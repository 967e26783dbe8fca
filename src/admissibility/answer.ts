import type { RuleRef } from '../reference/schema.ts'
import { acceptanceOf } from './acceptance.ts'
import type { Claim, Rows } from './claim.ts'
import { daysBetween } from './day-range.ts'
import { othersOf } from './others.ts'
import { remediesOf } from './remedies.ts'
import { sameMatterOf } from './same-matter.ts'
import type { Answer, Reason } from './schema.ts'
import { subjectOf } from './subject.ts'
import { timeLimitOf } from './time-limit.ts'

/** A door that shuts within so many days is called closing. */
const CLOSING_DAYS = 90

/** Every mechanism for one claim: the committees, then the others. It never blocks: it says what will be asked. */
export function answersTo(claim: Claim, rows: Rows): Answer[] {
  const committees = rows.mechanisms.map((mechanism) => {
    const { id, committee, instrument } = mechanism.rule
    const accepted = rows.acceptance.find(({ rule }) => rule.mechanism === id && rule.state === claim.state)
    const reasons = [
      ...acceptanceOf(claim, mechanism, accepted),
      ...subjectOf(claim, mechanism),
      remediesOf(claim, mechanism),
      ...timeLimitOf(claim, { mechanism, deadlines: rows.deadlines }),
      ...sameMatterOf(claim, { mechanism, accepted, rows }),
    ]
    return answer(claim, { mechanism: id, kind: 'committee', name: `${committee}: ${instrument}` }, reasons)
  })
  const others = rows.others.map((other) => {
    const { id, name } = other.rule
    return answer(claim, { mechanism: id, kind: 'other', name }, othersOf(claim, other, rows.acceptance))
  })
  return [...committees, ...others]
}

function answer({ on, state }: Claim, heading: Pick<Answer, 'mechanism' | 'kind' | 'name'>, reasons: Reason[]): Answer {
  const last_day = lastDayIn(reasons)
  const days_left = last_day === null ? null : daysBetween(on, last_day)
  const status = statusOf(reasons, days_left)
  const isShut = status === 'closed'
  const deadline = isShut ? { last_day: null, days_left: null } : { last_day, days_left }
  return { state, ...heading, status, ...deadline, certainty: certaintyOf(reasons, status), reasons, override: null }
}

const lastDayIn = (reasons: readonly Reason[]): string | null =>
  reasons
    .flatMap(({ code, day }) => (code === 'in_time' && day !== null ? [day] : []))
    .toSorted()
    .at(0) ?? null

function statusOf(reasons: readonly Reason[], days_left: number | null): Answer['status'] {
  if (reasons.some(({ effect }) => effect === 'bars')) return 'closed'
  if (reasons.some(({ effect }) => effect === 'doubts')) return 'doubtful'
  return days_left !== null && days_left <= CLOSING_DAYS ? 'closing' : 'open'
}

const grades: readonly RuleRef['certainty'][] = ['low', 'medium', 'high']

/** Of a shut door the surest reason counts; of any other the least sure of all that were looked at. */
function certaintyOf(reasons: readonly Reason[], status: Answer['status']): RuleRef['certainty'] {
  const bars = reasons.filter(({ effect }) => effect === 'bars')
  const isShut = status === 'closed'
  const found = (isShut ? bars : reasons).map(({ rule }) => grades.indexOf(rule.certainty))
  return grades[isShut ? Math.max(...found) : Math.min(...found)] ?? 'low'
}
