import { useEffect, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { api } from '../api/client.ts'
import { me } from '../api/session.ts'
import { deleteDraft, type Draft, drafts, newDraft, saveDraft } from '../device/drafts.ts'
import { arrived } from '../device/outbox.ts'
import { wipe } from '../device/wipe.ts'
import { kinds, one } from '../form/form.ts'
import { Sure } from '../parts/sure.tsx'
import { say, sayCode, sayOf } from '../words/words.ts'

export function HomePage() {
  return (
    <>
      <h1>{say('home.title')}</h1>
      <NewReport />
      <section aria-labelledby="here">
        <h2 id="here">{say('home.drafts')}</h2>
        {drafts.value.length === 0 && <p>{say('home.none')}</p>}
        <ul class="cards">
          {drafts.value.map((draft) => (
            <DraftCard key={draft.id} draft={draft} />
          ))}
        </ul>
      </section>
      {me.value !== undefined && <Sent />}
      <Sure label={say('home.wipe')} sure={say('home.wipe_sure')} onSure={() => void wipe()} />
    </>
  )
}

function NewReport() {
  const [, go] = useLocation()
  async function begin(kind: string): Promise<void> {
    const known = kinds.find((one) => one === kind)
    if (known === undefined) return
    const draft = newDraft({ kind: known, answers: {} })
    await saveDraft(draft)
    go(`/drafts/${draft.id}`)
  }
  return (
    <details class="new">
      <summary>{say('home.new')}</summary>
      <p>{say('report.kind')}</p>
      <ul class="choices">
        {kinds.map((kind) => (
          <li key={kind}>
            <button type="button" onClick={() => void begin(kind)}>
              {sayCode('kind', kind)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function DraftCard({ draft }: { readonly draft: Draft }) {
  return (
    <li>
      <Link href={`/drafts/${draft.id}`}>{one(draft.form.answers, 'summary') ?? say('draft.untitled')}</Link>
      <p>
        {sayCode('kind', draft.form.kind)} · {sayOf('draft.state', draft.state)}
      </p>
      <Sure label={say('draft.delete')} sure={say('draft.delete_sure')} onSure={() => void deleteDraft(draft.id)} />
    </li>
  )
}

type Own = { readonly id: string; readonly reference: string; readonly status: string; readonly received_on: string }

function Sent() {
  const [own, setOwn] = useState<readonly Own[] | undefined>(undefined)
  const count = arrived.value.length
  useEffect(() => {
    const query = { submitted_by: 'me' as const, limit: 50 }
    void api
      .GET('/v1/incidents', { params: { query } })
      .then(({ data }) => setOwn(data?.items))
      .catch(() => undefined)
  }, [count])
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{say('home.sent')}</h2>
      {count > 0 && (
        <p role="status">
          {say('home.arrived')} {arrived.value.join(', ')}
        </p>
      )}
      {own?.length === 0 && <p>{say('home.own_none')}</p>}
      <ul class="cards">
        {own?.map(({ id, reference, status, received_on }) => (
          <li key={id}>
            <Link href={`/reports/${id}`}>{reference}</Link>
            <p>
              {received_on} · {sayOf('status', status)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
