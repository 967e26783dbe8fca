import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { useCreating, useShown } from './writing.ts'

/** Asks all other cases of the organisation; who answered, and in which case, is not told. */
export function Conflicts({ id }: CaseProps) {
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/conflict-questions', { params: { path: { id } } }),
    `conflicts ${id}`,
  )
  const { said, isBusy, send } = useCreating(`/v1/cases/${id}/conflict-questions`)
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <p class="note">{sayCase('conflicts.explain')}</p>
      {data.items.length === 0 && <p>{sayCase('conflicts.none')}</p>}
      <ul class="cards">
        {data.items.map((question) => (
          <li key={question.id} class={question.result === 'ask_coordinator' ? 'late' : ''}>
            {question.asked_on} · {sayCaseCode('conflict', question.result)}
          </li>
        ))}
      </ul>
      <p role="alert">{said}</p>
      <button type="button" disabled={isBusy} onClick={() => void send(undefined)}>
        {sayCase('conflicts.ask')}
      </button>
    </>
  )
}
