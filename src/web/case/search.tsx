import { useState } from 'preact/hooks'
import { api } from '../api/client.ts'
import { Line } from '../parts/inputs.tsx'
import { sayCase } from '../words/case.ts'
import { say } from '../words/words.ts'
import { type Match, Matches } from './matches.tsx'
import { given } from './writing.ts'

/** Looks for a name among the persons of one's cases, in any script and spelling. */
export function SearchPage() {
  const [name, setName] = useState('')
  const [born, setBorn] = useState('')
  const [found, setFound] = useState<readonly Match[] | undefined>(undefined)
  const [said, setSaid] = useState('')

  async function look(event: Event): Promise<void> {
    event.preventDefault()
    setSaid(say('loading'))
    const who = { names: [{ text: name.trim() }], ...given('born', born) }
    const outcome = await api.POST('/v1/persons/matches', { body: { who } }).catch(() => undefined)
    setFound(outcome?.data?.items)
    if (outcome === undefined) return setSaid(say('error.line'))
    return setSaid(outcome.data === undefined ? say('error.other') : '')
  }
  return (
    <>
      <h1>{sayCase('search.title')}</h1>
      <p class="note">{sayCase('search.explain')}</p>
      <form onSubmit={(event) => void look(event)}>
        <Line label={sayCase('people.name')} value={name} onValue={setName} isNeeded />
        <Line label={sayCase('people.year')} value={born} onValue={setBorn} most={10} />
        <p role="status">{said}</p>
        <button type="submit">{sayCase('search.do')}</button>
      </form>
      <div role="status">{found !== undefined && <Matches found={found} />}</div>
    </>
  )
}
