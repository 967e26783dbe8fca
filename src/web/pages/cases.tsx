import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { api } from '../api/client.ts'
import { me } from '../api/session.ts'
import { useFetched } from '../parts/fetched.ts'
import { later } from '../parts/later.tsx'
import { lists, readList, say, sayTerm } from '../words/words.ts'

const OpenCase = later(() => import('../case/open-case.tsx').then((file) => file.OpenCase))

/** A stage in the language of the page. */
export function sayStage(stage: string): string {
  const term = lists.value['case_stages']?.find(({ code }) => code === stage)
  return term === undefined ? stage : sayTerm(term)
}

export function CasesPage() {
  useEffect(() => void readList('case_stages'), [])
  const { data, trouble } = useFetched(() => api.GET('/v1/cases', { params: { query: { limit: 100 } } }), 'cases')
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <h1>{say('cases.title')}</h1>
      {data.items.length === 0 && <p>{say('cases.none')}</p>}
      <ul class="cards">
        {data.items.map(({ id, reference, stage, opened_on }) => (
          <li key={id}>
            <Link href={`/cases/${id}`}>{reference}</Link>
            <p>
              {sayStage(stage)} · {opened_on}
            </p>
          </li>
        ))}
      </ul>
      {me.value?.roles.includes('lawyer') === true && <OpenCase />}
    </>
  )
}
