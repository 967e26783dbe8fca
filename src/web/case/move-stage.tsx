import { useEffect, useState } from 'preact/hooks'
import type { paths } from '../api/schema.gen.ts'
import { change } from '../api/send.ts'
import { sayStage } from '../pages/cases.tsx'
import { Choice, FoldedForm, Line, Long } from '../parts/inputs.tsx'
import { sayCase } from '../words/case.ts'
import { lists, readList, say, sayListed } from '../words/words.ts'
import { given, useWriting } from './writing.ts'

type Moves = paths['/v1/cases/{id}/transitions']['get']['responses'][200]['content']['application/json']
type Props = { readonly id: string; readonly version: number; readonly move: Moves['allowed'][number] }

/** A move for which nothing is missing; the server says what it wants to be told with it. */
export function MoveStage({ id, version, move }: Props) {
  const { to, needs_reason, needs_reason_code, needs_purge_after } = move
  const [reason, setReason] = useState('')
  const [code, setCode] = useState('')
  const [purge, setPurge] = useState('')
  const { said, isBusy, write } = useWriting()
  const list = to === 'declined' ? 'case_decline_reasons' : 'case_closing_reasons'
  useEffect(() => void (needs_reason_code && readList(list)), [list])
  const codes = lists.value[list]?.map((term) => term.code) ?? []
  const told = { to, ...given('reason', reason), ...given('reason_code', code), ...given('purge_after', purge) }
  return (
    <FoldedForm
      summary={sayCase('move.to', { stage: sayStage(to) })}
      send={sayCase('move.do')}
      said={said}
      isBusy={isBusy}
      onSend={() => void write(() => change(`/v1/cases/${id}/transitions`, version, told))}
    >
      <p>{say('case.ready')}</p>
      {needs_reason && <Long label={sayCase('move.reason')} value={reason} onValue={setReason} most={5_000} isNeeded />}
      {needs_reason_code && (
        <Choice
          label={sayCase('move.code')}
          value={code}
          options={codes}
          sayOption={(one) => sayListed(list, one)}
          onValue={setCode}
          isNeeded
        />
      )}
      {needs_purge_after && (
        <Line label={sayCase('move.purge')} type="date" value={purge} onValue={setPurge} isNeeded />
      )}
    </FoldedForm>
  )
}
