import type { Rows } from './claim.ts'
import { countsAs } from './same-matter.ts'
import type { Answer, Conflict } from './schema.ts'

/** Which doors the filing with one body would shut, among those that are not shut already. */
export function conflictsOf(answers: readonly Answer[], rows: Rows): Conflict[] {
  const open = new Set(answers.filter(({ status }) => status !== 'closed').map(({ mechanism }) => mechanism))
  return rows.mechanisms
    .filter(({ rule }) => open.has(rule.id))
    .flatMap(({ rule, ref }) => {
      if (rule.coded.same_matter === 'no_bar') return []
      const how = rule.coded.same_matter === 'pending' ? 'while_pending' : 'also_after'
      return [...open].flatMap((filing_with): Conflict[] => {
        const counts = filing_with === rule.id ? 'no' : countsAs(filing_with, rows)
        if (counts === 'no') return []
        return [{ filing_with, shuts: rule.id, how, is_certain: counts === 'yes', rule: ref }]
      })
    })
}
