import { Link } from 'wouter-preact'
import { api } from '../api/client.ts'
import { useFetched } from '../parts/fetched.ts'
import { say } from '../words/words.ts'

export function AgendaPage() {
  const { data, trouble } = useFetched(() => api.GET('/v1/me/agenda'), 'agenda')
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <h1>{say('agenda.title')}</h1>
      {data.items.length === 0 && <p>{say('agenda.none')}</p>}
      <ul class="cards">
        {data.items.map((item) => (
          <li key={item.id} class={item.days_left < 0 ? 'late' : ''}>
            <Link href={`/cases/${item.case_id}`}>{item.due_on}</Link>
            <p>
              {item.days_left < 0
                ? say('agenda.overdue', { count: -item.days_left })
                : say('agenda.days', { count: item.days_left })}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
