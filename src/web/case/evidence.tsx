import { useEffect, useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { fetchFile, saveAs } from '../api/download.ts'
import type { paths } from '../api/schema.gen.ts'
import { Choice } from '../parts/inputs.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { SendFile } from './send-file.tsx'
import { Viewer } from './viewer.tsx'
import { useShown } from './writing.ts'

type All = paths['/v1/cases/{id}/evidence']['get']['responses'][200]['content']['application/json']
type Item = All['items'][number]
const REASONS = ['analysis', 'false_alarm', 'only_copy']

export function Evidence({ id }: CaseProps) {
  useEffect(() => void readList('evidence_kinds'), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/evidence', { params: { path: { id }, query: { limit: 100 } } }),
    `evidence ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.items.length === 0 && <p>{sayCase('evidence.none')}</p>}
      <ul class="cards">
        {data.items.map((item) => (
          <li key={item.id}>
            <One item={item} />
          </li>
        ))}
      </ul>
      <SendFile id={id} />
    </>
  )
}

function One({ item }: { readonly item: Item }) {
  const { identity, narrative, facts, content, scan } = item
  if (identity === null) return <p>{say('case.closed_to_you')}</p>
  return (
    <>
      <strong>{identity.file_name}</strong>
      <p>
        {facts !== null && sayListed('evidence_kinds', facts.kind)}
        {content !== null && ` · ${sizeOf(content.size)}`} · {item.received_on} · {sayCaseCode('scan', scan)}
      </p>
      {narrative !== null && <p class="told">{narrative.how_obtained}</p>}
      <Taking id={item.id} name={identity.file_name} media={facts?.media ?? ''} isFound={scan === 'found'} />
    </>
  )
}

type Wanted = { readonly id: string; readonly name: string; readonly media: string; readonly isFound: boolean }

/** Shows or hands out a file. What the scanner found something in is given only for a reason. */
function Taking({ id, name, media, isFound }: Wanted) {
  const [despite, setDespite] = useState('')
  const [file, setFile] = useState<Blob | undefined>(undefined)
  const [said, setSaid] = useState('')
  async function take(use: (file: Blob) => void): Promise<void> {
    setSaid(say('loading'))
    const query = despite === '' ? '' : `?despite=${despite}`
    const taken = await fetchFile(`/v1/evidence/${id}/content${query}`).catch(() => undefined)
    setSaid(taken === undefined ? say('error.other') : '')
    if (taken !== undefined) use(taken)
  }
  return (
    <>
      {isFound && (
        <Choice
          label={sayCase('evidence.despite')}
          value={despite}
          options={REASONS}
          sayOption={(one) => sayCaseCode('despite', one)}
          onValue={setDespite}
        />
      )}
      <div class="row">
        {isShown(media) && file === undefined && (
          <button type="button" onClick={() => void take(setFile)}>
            {sayCase('evidence.view')}
          </button>
        )}
        <button type="button" onClick={() => void take((taken) => saveAs(taken, name))}>
          {sayCase('evidence.download')}
        </button>
      </div>
      <p role="status">{said}</p>
      {file !== undefined && <Viewer file={file} media={media} name={name} />}
    </>
  )
}

const isShown = (media: string): boolean => /^(image\/(jpeg|png|webp|gif)|audio\/)/.test(media)

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`
  if (bytes < 1024 ** 2) return `${String(Math.round(bytes / 1024))} KiB`
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}
