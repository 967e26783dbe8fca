import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import { amend } from '../api/send.ts'
import { FoldedForm, Long } from '../parts/inputs.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import { RuleBehind } from './rule.tsx'
import type { CaseProps } from './section.tsx'
import { useShown, useWriting } from './writing.ts'

type All = paths['/v1/cases/{id}/deadlines']['get']['responses'][200]['content']['application/json']
type Deadline = All['items'][number]

/** The deadlines with the rule that each was counted by. */
export function Deadlines({ id }: CaseProps) {
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/deadlines', { params: { path: { id } } }),
    `deadlines ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.items.length === 0 && <p>{sayCase('deadlines.none')}</p>}
      <ul class="cards">
        {data.items.map((deadline) => (
          <li key={deadline.id}>
            <One deadline={deadline} />
          </li>
        ))}
      </ul>
    </>
  )
}

function One({ deadline }: { readonly deadline: Deadline }) {
  const { kind, status, due_on, legal } = deadline
  const rule = legal?.reckoning?.rule
  return (
    <>
      <strong>{due_on}</strong> · {sayCaseCode('deadline', kind)} · {sayCaseCode('state', status)}
      {legal?.note !== undefined && <p class="told">{legal.note}</p>}
      {rule !== undefined && <RuleBehind rule={rule} />}
      {status === 'open' && <Settle deadline={deadline} />}
    </>
  )
}

function Settle({ deadline }: { readonly deadline: Deadline }) {
  const [reason, setReason] = useState('')
  const { said, isBusy, write } = useWriting()
  const url = `/v1/cases/${deadline.case_id}/deadlines/${deadline.id}`
  const done = { status: 'done', told: { reason: reason.trim() } }
  return (
    <FoldedForm
      summary={sayCase('deadlines.done')}
      send={sayCase('deadlines.do')}
      said={said}
      isBusy={isBusy}
      onSend={() => void write(() => amend(url, deadline.version, done))}
    >
      <Long label={sayCase('deadlines.reason')} value={reason} onValue={setReason} most={1_000} isNeeded />
    </FoldedForm>
  )
}
