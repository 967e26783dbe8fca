import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { Choice, FoldedForm, Line } from '../parts/inputs.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import type { CaseProps } from './section.tsx'
import { given, isDone, today, useCreating, useShown } from './writing.ts'

const PURPOSES = [
  'store',
  'share_with_provider',
  'share_in_coalition',
  'submit_to_un_body',
  'publish_with_name',
  'publish_anonymously',
  'count_in_statistics',
  'photo_or_audio',
  'contact_again',
]
const VALUES = ['given', 'refused', 'not_asked']
const METHODS = ['written', 'oral', 'recorded']
const fresh = () => ({
  purpose: '',
  value: 'given',
  method: 'written',
  said_on: today(),
  expires_on: '',
  subject: '',
  recipient: '',
  note: '',
})

/** Records what somebody allowed or refused. */
export function GiveConsent({ id }: CaseProps) {
  const [typed, type] = useState(fresh)
  const { said, isBusy, send } = useCreating(`/v1/cases/${id}/consents`)
  const people = useShown(() => api.GET('/v1/cases/{id}/persons', { params: { path: { id } } }), `subjects ${id}`)
  const persons = people.data?.items ?? []
  const nameOf = (of: string) =>
    persons.find(({ person_id }) => person_id === of)?.person.identity?.names[0]?.text ?? of
  const set = (name: keyof typeof typed) => (value: string) => type({ ...typed, [name]: value })
  const { purpose, value, method, said_on, expires_on, subject, recipient, note } = typed

  async function record(): Promise<void> {
    const facts = { purpose, value, method, said_on, ...given('expires_on', expires_on), ...given('subject', subject) }
    const body = { facts, identity: given('recipient', recipient), narrative: given('note', note) }
    if (isDone(await send(body))) type(fresh())
  }
  const choice = (name: 'purpose' | 'value' | 'method', options: readonly string[]) => (
    <Choice
      label={sayCase(`consents.${name}`)}
      value={typed[name]}
      options={options}
      sayOption={(one) => sayCaseCode(name, one)}
      onValue={set(name)}
      isNeeded
    />
  )
  return (
    <FoldedForm
      summary={sayCase('consents.add')}
      send={sayCase('consents.record')}
      said={said}
      isBusy={isBusy}
      onSend={() => void record()}
    >
      {choice('purpose', PURPOSES)}
      <Choice
        label={sayCase('consents.subject')}
        value={subject}
        options={persons.map(({ person_id }) => person_id)}
        sayOption={nameOf}
        onValue={set('subject')}
      />
      {choice('value', VALUES)}
      {choice('method', METHODS)}
      <Line label={sayCase('consents.said_on')} type="date" value={said_on} onValue={set('said_on')} isNeeded />
      <Line label={sayCase('consents.expires_on')} type="date" value={expires_on} onValue={set('expires_on')} />
      <Line label={sayCase('consents.recipient')} value={recipient} onValue={set('recipient')} />
      <Line label={sayCase('consents.note')} value={note} onValue={set('note')} most={2_000} />
    </FoldedForm>
  )
}
