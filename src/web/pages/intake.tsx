import { Link } from 'wouter-preact'
import { api } from '../api/client.ts'
import { textOf } from '../api/json.ts'
import { useFetched } from '../parts/fetched.ts'
import { say, sayCode } from '../words/words.ts'

/** What has come in and is not decided on, oldest last. */
export function IntakePage() {
  const query = { status: 'submitted' as const, limit: 50 }
  const { data, trouble } = useFetched(() => api.GET('/v1/incidents', { params: { query } }), 'intake')
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <h1>{say('intake.title')}</h1>
      {data.items.length === 0 && <p>{say('intake.none')}</p>}
      <ul class="cards">
        {data.items.map(({ id, reference, received_on, facts }) => (
          <li key={id}>
            <Link href={`/intake/${id}`}>{reference}</Link>
            <p>
              {received_on} · {sayCode('kind', textOf(facts, 'kind'))}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
