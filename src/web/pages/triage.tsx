import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { api } from '../api/client.ts'
import { change } from '../api/send.ts'
import { useFetched } from '../parts/fetched.ts'
import { Told } from '../parts/told.tsx'
import { lists, readList, say, sayOf, sayTerm } from '../words/words.ts'

/** One report as the intake reads it, and what is decided on it. */
export function TriagePage({ id }: { readonly id: string }) {
  const { data, trouble } = useFetched(
    () => api.GET('/v1/incidents/{id}', { params: { path: { id } } }),
    `triage ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  const { reference, received_on, status, version, narrative, facts, identity, author_signature } = data
  return (
    <>
      <h1>{reference}</h1>
      <p>
        {received_on} · {sayOf('status', status)}
      </p>
      {author_signature === 'missing' && <p role="alert">{say('triage.unsigned')}</p>}
      <Told title={say('triage.words')} value={narrative} />
      <Told title={say('triage.facts')} value={facts} />
      <Told title={say('triage.people')} value={identity} />
      {status === 'submitted' && <Deciding id={id} version={version} />}
    </>
  )
}

type Decision =
  | { readonly decision: 'accept' }
  | { readonly decision: 'return'; readonly question: string }
  | { readonly decision: 'reject'; readonly reason_code: string }

function Deciding({ id, version }: { readonly id: string; readonly version: number }) {
  const [question, setQuestion] = useState('')
  const [reason, setReason] = useState('')
  const [said, setSaid] = useState('')
  const [, go] = useLocation()
  useEffect(() => void readList('triage_rejections'), [])

  async function decide(decision: Decision): Promise<void> {
    const status = await triage(id, version, decision).catch(() => 0)
    if (status === 200) return go('/intake')
    return setSaid(say(status === 0 ? 'error.line' : 'error.other'))
  }

  return (
    <section aria-labelledby="deciding">
      <h2 id="deciding">{say('triage.decide')}</h2>
      <button type="button" class="main" onClick={() => void decide({ decision: 'accept' })}>
        {say('triage.accept')}
      </button>
      <div class="field">
        <label for="question">{say('triage.question')}</label>
        <textarea
          id="question"
          rows={3}
          maxLength={2_000}
          value={question}
          onInput={({ currentTarget }) => setQuestion(currentTarget.value)}
        />
        <button
          type="button"
          disabled={question.trim() === ''}
          onClick={() => void decide({ decision: 'return', question: question.trim() })}
        >
          {say('triage.return')}
        </button>
      </div>
      <div class="field">
        <label for="reason">{say('triage.reason')}</label>
        <select id="reason" value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)}>
          <option value="">{say('report.choose')}</option>
          {lists.value['triage_rejections']?.map((term) => (
            <option key={term.code} value={term.code}>
              {sayTerm(term)}
            </option>
          ))}
        </select>
        <button
          type="button"
          disabled={reason === ''}
          onClick={() => void decide({ decision: 'reject', reason_code: reason })}
        >
          {say('triage.reject')}
        </button>
      </div>
      <p role="alert">{said}</p>
    </section>
  )
}

async function triage(id: string, version: number, decision: Decision): Promise<number> {
  const { status } = await change(`/v1/incidents/${id}/triage`, version, decision)
  return status
}
