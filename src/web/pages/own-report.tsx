import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { create } from '../api/send.ts'
import { useFetched } from '../parts/fetched.ts'
import { say, sayOf } from '../words/words.ts'

/** What the author of a report sees of it: how it stands, and what the intake asks. */
export function OwnReportPage({ id }: { readonly id: string }) {
  const { data, trouble } = useFetched(
    () => api.GET('/v1/incidents/{id}', { params: { path: { id } } }),
    `incident ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  const { reference, status, received_on, notices } = data
  return (
    <>
      <h1>{say('own.title', { reference })}</h1>
      <p>
        {received_on} · {sayOf('status', status)}
      </p>
      <p class="note">{say('own.unsealed')}</p>
      <h2>{say('own.questions')}</h2>
      {notices.length === 0 && <p>{say('own.no_questions')}</p>}
      <ul class="cards">
        {notices.map((notice) => (
          <li key={notice.id}>
            <p>{notice.sent_on}</p>
            <p class="told">{notice.narrative?.text ?? say('case.closed_to_you')}</p>
          </li>
        ))}
      </ul>
      {status === 'returned' && <Supplement id={id} />}
    </>
  )
}

function Supplement({ id }: { readonly id: string }) {
  const [account, setAccount] = useState('')
  const [said, setSaid] = useState('')
  const [sendKey, setSendKey] = useState(() => crypto.randomUUID())
  async function send(event: Event): Promise<void> {
    event.preventDefault()
    const url = `/v1/incidents/${id}/supplements`
    const status = await create(url, sendKey, { narrative: { account } }).then(
      (reply) => reply.status,
      () => 0,
    )
    if (status !== 201) return setSaid(say(status === 0 ? 'error.line' : 'error.other'))
    setAccount('')
    setSendKey(crypto.randomUUID())
    return setSaid(say('own.answered'))
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <div class="field">
        <label for="answer">{say('own.answer')}</label>
        <textarea
          id="answer"
          rows={6}
          maxLength={20_000}
          required
          value={account}
          onInput={({ currentTarget }) => setAccount(currentTarget.value)}
        />
      </div>
      <p role="status">{said}</p>
      <button type="submit" class="main">
        {say('own.send')}
      </button>
    </form>
  )
}
