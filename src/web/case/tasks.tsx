import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { textOf } from '../api/json.ts'
import { amend } from '../api/send.ts'
import { FoldedForm, Line, Long } from '../parts/inputs.tsx'
import { sayCase } from '../words/case.ts'
import { say } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { given, isDone, useCreating, useShown, useWriting } from './writing.ts'

/** What is to do on the case; what is done stays, and can be opened again. */
export function Tasks({ id }: CaseProps) {
  const query = { kind: 'task', limit: 100 } as const
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/papers', { params: { path: { id }, query } }),
    `tasks ${id}`,
  )
  const { said, isBusy, write } = useWriting()
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.items.length === 0 && <p>{sayCase('tasks.none')}</p>}
      <ul class="cards">
        {data.items.map(({ id: task, version, is_done, due_on, narrative }) => (
          <li key={task}>
            <label class="box">
              <input
                type="checkbox"
                checked={is_done}
                disabled={isBusy}
                onChange={() =>
                  void write(() => amend(`/v1/cases/${id}/papers/${task}`, version, { is_done: !is_done }))
                }
              />
              <span>
                {narrative === null ? say('case.closed_to_you') : textOf(narrative, 'to_do')}
                {due_on !== null && ` · ${due_on}`}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <p role="alert">{said}</p>
      <AddTask id={id} />
    </>
  )
}

function AddTask({ id }: CaseProps) {
  const [what, setWhat] = useState('')
  const [due, setDue] = useState('')
  const { said, isBusy, send } = useCreating(`/v1/cases/${id}/papers`)
  async function add(): Promise<void> {
    const task = { kind: 'task', narrative: { to_do: what.trim() }, ...given('due_on', due) }
    if (!isDone(await send(task))) return
    setWhat('')
    setDue('')
  }
  return (
    <FoldedForm
      summary={sayCase('tasks.add')}
      send={sayCase('tasks.do')}
      said={said}
      isBusy={isBusy}
      onSend={() => void add()}
    >
      <Long label={sayCase('tasks.what')} value={what} onValue={setWhat} isNeeded />
      <Line label={sayCase('tasks.due')} type="date" value={due} onValue={setDue} />
    </FoldedForm>
  )
}
