import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { textOf } from '../api/json.ts'
import { FoldedForm, Line, Long } from '../parts/inputs.tsx'
import { sayCase } from '../words/case.ts'
import { given, isDone, useCreating } from './writing.ts'

/** Opens a case with oneself as its lead, and goes there. */
export function OpenCase() {
  const [title, setTitle] = useState('')
  const [summary, setSummary] = useState('')
  const { said, isBusy, send } = useCreating('/v1/cases')
  const [, go] = useLocation()
  async function open(): Promise<void> {
    const answer = await send({
      identity: given('title', title),
      narrative: given('summary', summary),
      legal: {},
      facts: {},
    })
    if (isDone(answer)) go(`/cases/${textOf(answer.body, 'id')}`)
  }
  return (
    <FoldedForm
      summary={sayCase('open.title')}
      send={sayCase('open.do')}
      said={said}
      isBusy={isBusy}
      onSend={() => void open()}
    >
      <Line label={sayCase('open.name')} value={title} onValue={setTitle} isNeeded />
      <Long label={sayCase('open.summary')} value={summary} onValue={setSummary} most={5_000} isNeeded />
    </FoldedForm>
  )
}
