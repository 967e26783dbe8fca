import { useEffect, useState } from 'preact/hooks'
import { create } from '../api/send.ts'
import { dropUpload, isSame, loadUploads, sendOn, startUpload, type Upload, uploads } from '../device/uploads.ts'
import { key } from '../device/vault.ts'
import { Choice, FoldedForm, Line, Long } from '../parts/inputs.tsx'
import { sayCase } from '../words/case.ts'
import { lists, readList, say, sayListed } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { given, isDone, tellWritten, today, useWriting } from './writing.ts'

type Sent = Awaited<ReturnType<typeof create>>

/** Sends the file, then makes it evidence. Its id is the key of that, so that it becomes evidence once. */
async function sendWhole(upload: Upload, file: File): Promise<Sent> {
  if (!(await sendOn(upload, file))) return { status: 422, body: undefined }
  const upload_id = upload.url.split('/').at(-1)
  const body = { upload_id, ...upload.about }
  const answer = await create(`/v1/cases/${upload.caseId}/evidence`, upload.id, body)
  if (!isDone(answer)) return answer
  await dropUpload(upload.id)
  tellWritten()
  return answer
}

const fresh = () => ({ kind: '', how: '', source: '', on: today() })

/** Chooses a file, says what it is, and sends it in parts. */
export function SendFile({ id }: CaseProps) {
  const [file, setFile] = useState<File | undefined>(undefined)
  const [typed, type] = useState(fresh)
  const { said, isBusy, write } = useWriting()
  useEffect(() => {
    void readList('evidence_kinds')
    void loadUploads()
  }, [])
  const set = (name: keyof typeof typed) => (value: string) => type({ ...typed, [name]: value })

  async function send(): Promise<void> {
    if (file === undefined) return
    const about = {
      identity: { file_name: file.name, ...given('source', typed.source) },
      narrative: { how_obtained: typed.how.trim() },
      facts: { kind: typed.kind, media: file.type || 'application/octet-stream', ...given('obtained_on', typed.on) },
    }
    const answer = await write(async () => sendWhole(await startUpload(id, file, about), file))
    if (isDone(answer)) type(fresh())
  }
  return (
    <>
      <HalfSent id={id} />
      <FoldedForm
        summary={sayCase('send.title')}
        send={sayCase('send.do')}
        said={said}
        isBusy={isBusy}
        onSend={() => void send()}
      >
        <div class="field">
          <label for={`file-${id}`}>{sayCase('send.file')}</label>
          <input
            id={`file-${id}`}
            type="file"
            required
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
          />
        </div>
        <Choice
          label={sayCase('send.kind')}
          value={typed.kind}
          options={lists.value['evidence_kinds']?.map(({ code }) => code) ?? []}
          sayOption={(one) => sayListed('evidence_kinds', one)}
          onValue={set('kind')}
          isNeeded
        />
        <Long label={sayCase('send.how')} value={typed.how} onValue={set('how')} most={5_000} isNeeded />
        <Line label={sayCase('send.source')} value={typed.source} onValue={set('source')} most={500} />
        <Line label={sayCase('send.on')} type="date" value={typed.on} onValue={set('on')} />
        {key.value === undefined && <p class="note">{sayCase('send.locked')}</p>}
      </FoldedForm>
    </>
  )
}

/** Files on their way, and those that a closed page left half-sent. */
function HalfSent({ id }: CaseProps) {
  const here = uploads.value.filter(({ caseId }) => caseId === id)
  if (here.length === 0) return null
  return (
    <ul class="cards">
      {here.map((upload) => (
        <li key={upload.id}>
          <OnItsWay upload={upload} />
        </li>
      ))}
    </ul>
  )
}

function OnItsWay({ upload }: { readonly upload: Upload }) {
  const { file, received, state } = upload
  const [said, setSaid] = useState('')
  const percent = Math.floor((received / Math.max(1, file.size)) * 100)
  async function goOn(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return
    if (!isSame(upload, chosen)) return setSaid(sayCase('send.other_file'))
    setSaid('')
    const answer = await sendWhole(upload, chosen).catch(() => undefined)
    return setSaid(answer === undefined || !isDone(answer) ? say('error.other') : '')
  }
  return (
    <>
      <label for={`bar-${upload.id}`}>
        {file.name}: {percent}%
      </label>
      <progress id={`bar-${upload.id}`} max={file.size} value={received} />
      {state === 'paused' && (
        <div class="field">
          <label for={`again-${upload.id}`}>{sayCase('send.again')}</label>
          <input
            id={`again-${upload.id}`}
            type="file"
            onChange={({ currentTarget }) => void goOn(currentTarget.files?.[0])}
          />
        </div>
      )}
      {state !== 'sending' && (
        <button type="button" onClick={() => void dropUpload(upload.id)}>
          {sayCase('send.drop')}
        </button>
      )}
      <p role="alert">{said}</p>
    </>
  )
}
