import { useState } from 'preact/hooks'
import { fetchFile, saveAs } from '../api/download.ts'
import { sayCase } from '../words/case.ts'
import { language, say } from '../words/words.ts'

type Props = { readonly url: string; readonly name: string; readonly languages: readonly string[] }

/** A document to print or to work on, in a language that whoever reads it wants. */
export function DocumentButtons({ url, name, languages }: Props) {
  const [chosen, choose] = useState<string>(language.value)
  const [said, setSaid] = useState('')
  async function take(format: string): Promise<void> {
    setSaid(say('loading'))
    const file = await fetchFile(`${url}?format=${format}&language=${chosen}`).catch(() => undefined)
    setSaid(file === undefined ? sayCase('documents.refused') : '')
    if (file !== undefined) saveAs(file, `${name}.${format}`)
  }
  return (
    <div class="row">
      <select
        aria-label={say('nav.language')}
        value={chosen}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {languages.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {['pdf', 'docx'].map((format) => (
        <button key={format} type="button" aria-label={`${name}, ${format}`} onClick={() => void take(format)}>
          {format.toUpperCase()}
        </button>
      ))}
      <span role="status">{said}</span>
    </div>
  )
}
