import type { paths } from '../api/schema.gen.ts'
import { sayCase } from '../words/case.ts'
import { say } from '../words/words.ts'

type Found = paths['/v1/persons/matches']['post']['responses'][200]['content']['application/json']
export type Match = Found['items'][number]
const WHOLE = 100

type Props = {
  readonly found: readonly Match[]
  readonly choose?: (id: string) => void
  readonly label?: string
}

/** Those with a like name, in whatever script, the likest first. */
export function Matches({ found, choose, label }: Props) {
  if (found.length === 0) return <p>{sayCase('matches.none')}</p>
  return (
    <>
      <h3>{sayCase('matches.title')}</h3>
      <ul class="cards">
        {found.map(({ person, likeness, is_likely }) => (
          <li key={person.id} class={is_likely ? 'likely' : ''}>
            <strong>{person.identity?.names.map(({ text }) => text).join(' / ') ?? say('case.closed_to_you')}</strong>
            <p>
              {sayCase('matches.likeness', { percent: Math.round(likeness * WHOLE) })}
              {is_likely && ` · ${sayCase('matches.likely')}`}
              {person.identity?.born !== undefined && ` · ${sayCase('people.born')}: ${person.identity.born}`}
            </p>
            {choose !== undefined && (
              <button type="button" onClick={() => choose(person.id)}>
                {label}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
