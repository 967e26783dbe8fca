import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { textOf } from '../api/json.ts'
import { sayStage } from '../pages/cases.tsx'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

type Event = { readonly on: string; readonly what: string; readonly more: string }

const whole = (id: string) => ({ params: { path: { id } } })

async function moves(id: string): Promise<Event[]> {
  const { data } = await api.GET('/v1/cases/{id}/transitions', whole(id))
  const history = data?.history ?? []
  return history.map(({ moved_on, to_stage, narrative }) => ({
    on: moved_on,
    what: `${say('cases.stage')}: ${sayStage(to_stage)}`,
    more: narrative?.reason ?? '',
  }))
}

async function milestones(id: string): Promise<Event[]> {
  const query = { kind: 'milestone', limit: 100 } as const
  const { data } = await api.GET('/v1/cases/{id}/papers', { params: { path: { id }, query } })
  const papers = data?.items ?? []
  return papers.map(({ due_on, written_on, narrative }) => ({
    on: due_on ?? written_on,
    what: sayCaseCode('paper', 'milestone'),
    more: textOf(narrative, 'reached'),
  }))
}

async function detentions(id: string): Promise<Event[]> {
  const { data } = await api.GET('/v1/cases/{id}/detentions', whole(id))
  const episodes = data?.items ?? []
  return episodes.map(({ facts }) => ({
    on: facts?.from ?? '',
    what: sayCaseCode('came_by', facts?.came_by ?? 'not_known'),
    more: facts?.place === undefined ? '' : sayListed('detention_places', facts.place),
  }))
}

async function steps(id: string): Promise<Event[]> {
  const { data } = await api.GET('/v1/cases/{id}/proceedings', whole(id))
  return (data?.items ?? []).flatMap(({ legal, recorded_on }) => {
    if (legal === null) return []
    const { decided_on, filed_on, authority, step_code, result } = legal
    const what = authority ?? step_code.replaceAll('_', ' ')
    return [{ on: decided_on ?? filed_on ?? recorded_on, what, more: sayListed('proceeding_results', result) }]
  })
}

/** What happened, out of the records that bear a day. */
async function eventsOf(id: string): Promise<{ data: readonly Event[] }> {
  const found = (await Promise.all([moves(id), milestones(id), detentions(id), steps(id)])).flat()
  return { data: found.filter(({ on }) => on !== '').sort((a, b) => (a.on < b.on ? -1 : 1)) }
}

export function Timeline({ id }: CaseProps) {
  useEffect(() => ['detention_places', 'proceeding_results'].forEach((list) => void readList(list)), [])
  const { data, trouble } = useShown(() => eventsOf(id), `timeline ${id}`)
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  if (data.length === 0) return <p>{sayCase('timeline.none')}</p>
  return (
    <ol class="cards">
      {data.map(({ on, what, more }, at) => (
        <li key={at}>
          <strong>{on.slice(0, 10)}</strong> · {what}
          {more !== '' && <p class="told">{more}</p>}
        </li>
      ))}
    </ol>
  )
}
