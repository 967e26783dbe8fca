import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { useFetched } from '../parts/fetched.ts'
import { readList, say } from '../words/words.ts'
import { sayStage } from './cases.tsx'

export function CasePage({ id }: { readonly id: string }) {
  useEffect(() => void readList('case_stages'), [])
  const { data, trouble } = useFetched(() => api.GET('/v1/cases/{id}', { params: { path: { id } } }), `case ${id}`)
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <h1>{data.reference}</h1>
      <p>
        {say('cases.stage')}: <strong>{sayStage(data.stage)}</strong> · {say('cases.opened')}: {data.opened_on}
      </p>
      <NextStages id={id} />
    </>
  )
}

/** The moves that the server allows, with what each still lacks. */
function NextStages({ id }: { readonly id: string }) {
  const { data } = useFetched(() => api.GET('/v1/cases/{id}/transitions', { params: { path: { id } } }), `moves ${id}`)
  if (data === undefined) return null
  return (
    <section aria-labelledby="next">
      <h2 id="next">{say('case.next')}</h2>
      <ul class="cards">
        {data.allowed.map(({ to, missing }) => (
          <li key={to}>
            <strong>{sayStage(to)}</strong>
            <p>{missing.length === 0 ? say('case.ready') : `${say('case.missing')} ${missing.join(', ')}`}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
