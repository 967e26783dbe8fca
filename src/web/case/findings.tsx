import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import { Body } from './body.tsx'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

type All = paths['/v1/cases/{id}/findings']['get']['responses'][200]['content']['application/json']
const LISTS = ['body_regions', 'injury_kinds', 'consistency_grades']

/** What was found on somebody, with where on the body. */
export function Findings({ id }: CaseProps) {
  useEffect(() => LISTS.forEach((list) => void readList(list)), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/findings', { params: { path: { id }, query: { limit: 100 } } }),
    `findings ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  if (data.items.length === 0) return <p>{sayCase('findings.none')}</p>
  const marked = data.items.flatMap(({ facts }) => (facts?.found.sort === 'physical' ? facts.found.regions : []))
  return (
    <>
      {marked.length > 0 && <Body regions={marked} />}
      <ul class="cards">
        {data.items.map((finding) => (
          <li key={finding.id}>
            <One finding={finding} />
          </li>
        ))}
      </ul>
    </>
  )
}

function One({ finding: { facts, narrative, recorded_on } }: { readonly finding: All['items'][number] }) {
  const text = narrative?.description ?? say('case.closed_to_you')
  if (facts === null) return <p>{text}</p>
  const { found } = facts
  return (
    <>
      <strong>
        {found.sort === 'physical' ? sayListed('injury_kinds', found.kind) : sayCaseCode('sort', found.sort)}
      </strong>{' '}
      · {recorded_on}
      {found.sort === 'physical' && <p>{found.regions.map((one) => sayListed('body_regions', one)).join(', ')}</p>}
      {found.grade !== undefined && <p>{sayListed('consistency_grades', found.grade)}</p>}
      <p class="told">{text}</p>
    </>
  )
}
