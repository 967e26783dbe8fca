import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { later } from '../parts/later.tsx'
import { readList, say } from '../words/words.ts'
import { sayStage } from '../pages/cases.tsx'
import { type CaseProps, closeAll, Section } from './section.tsx'
import { Stages } from './stages.tsx'
import { useShown } from './writing.ts'

const parts = {
  timeline: later<CaseProps>(() => import('./timeline.tsx').then((file) => file.Timeline)),
  deadlines: later<CaseProps>(() => import('./deadlines.tsx').then((file) => file.Deadlines)),
  tasks: later<CaseProps>(() => import('./tasks.tsx').then((file) => file.Tasks)),
  people: later<CaseProps>(() => import('./people.tsx').then((file) => file.People)),
  conflicts: later<CaseProps>(() => import('./conflicts.tsx').then((file) => file.Conflicts)),
  consents: later<CaseProps>(() => import('./consents.tsx').then((file) => file.Consents)),
  evidence: later<CaseProps>(() => import('./evidence.tsx').then((file) => file.Evidence)),
  papers: later<CaseProps>(() => import('./papers.tsx').then((file) => file.Papers)),
  detention: later<CaseProps>(() => import('./detention.tsx').then((file) => file.Detention)),
  findings: later<CaseProps>(() => import('./findings.tsx').then((file) => file.Findings)),
  proceedings: later<CaseProps>(() => import('./proceedings.tsx').then((file) => file.Proceedings)),
  complaints: later<CaseProps>(() => import('./complaints.tsx').then((file) => file.Complaints)),
  referrals: later<CaseProps>(() => import('./referrals.tsx').then((file) => file.Referrals)),
} as const

const names = ['deadlines', 'tasks', 'people', 'conflicts', 'consents', 'evidence', 'papers'] as const
const more = ['detention', 'findings', 'proceedings', 'complaints', 'referrals', 'timeline'] as const

/** The whole file of a case on one page, section by section. */
export function CasePage({ id }: CaseProps) {
  useEffect(() => {
    closeAll()
    void readList('case_stages')
  }, [id])
  const { data, trouble } = useShown(() => api.GET('/v1/cases/{id}', { params: { path: { id } } }), `case ${id}`)
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <h1>
        {data.reference}
        {data.identity !== null && ` · ${data.identity.title}`}
      </h1>
      <p>
        {say('cases.stage')}: <strong>{sayStage(data.stage)}</strong> · {say('cases.opened')}: {data.opened_on}
      </p>
      {data.narrative !== null && <p class="told">{data.narrative.summary}</p>}
      <Stages id={id} stage={data.stage} />
      {[...names, ...more].map((name) => (
        <Section key={name} name={name} id={id} Content={parts[name]} />
      ))}
    </>
  )
}
