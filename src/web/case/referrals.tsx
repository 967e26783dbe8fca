import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

/** The referrals of the case, with how each stands and how it came there. */
export function Referrals({ id }: CaseProps) {
  useEffect(() => void readList('assistance_types'), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/referrals', { params: { path: { id }, query: { limit: 100 } } }),
    `referrals ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  if (data.items.length === 0) return <p>{sayCase('referrals.none')}</p>
  return (
    <ul class="cards">
      {data.items.map(({ id: referral, facts, narrative, state, due_on, is_overdue, history, made_on }) => (
        <li key={referral} class={is_overdue ? 'late' : ''}>
          <strong>
            {facts === null ? say('case.closed_to_you') : sayListed('assistance_types', facts.help)} ·{' '}
            {sayCaseCode('referral', state)}
          </strong>
          <p>
            {made_on}
            {due_on !== null && ` · ${sayCase('referrals.due')} ${due_on}`}
          </p>
          {narrative !== null && <p class="told">{narrative.request}</p>}
          <ol>
            {history.map((move) => (
              <li key={move.id}>
                {move.moved_on}: {sayCaseCode('referral', move.to_state)}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  )
}
