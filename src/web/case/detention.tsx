import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { sayCase } from '../words/case.ts'
import { readList, say } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { Shown } from './shown.tsx'
import { useShown } from './writing.ts'

const codes = {
  place: 'detention_places',
  legal_basis: 'detention_legal_bases',
  safeguard: 'safeguards',
  said_by: 'source_connections',
} as const

/** The episodes of detention in the order in which they began, with the hours that nobody put on paper. */
export function Detention({ id }: CaseProps) {
  useEffect(() => Object.values(codes).forEach((list) => void readList(list)), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/detentions', { params: { path: { id } } }),
    `detention ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  if (data.items.length === 0) return <p>{sayCase('detention.none')}</p>
  return (
    <ol class="cards">
      {data.items.map(({ id: episode, facts, narrative, hours_unrecorded }) => (
        <li key={episode}>
          {hours_unrecorded !== null && (
            <p>
              <strong>
                {sayCase('detention.unrecorded', {
                  least: hours_unrecorded.at_least,
                  most: hours_unrecorded.at_most,
                })}
              </strong>
            </p>
          )}
          <Shown value={facts} from={codes} />
          {narrative !== null && Object.keys(narrative).length > 0 && <Shown value={narrative} />}
        </li>
      ))}
    </ol>
  )
}
