import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { Shown } from './shown.tsx'
import { WritePaper } from './write-paper.tsx'
import { useShown } from './writing.ts'

/** Notes, milestones, risk assessments, looks for conflicts and authorities, newest first. */
export function Papers({ id }: CaseProps) {
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/papers', { params: { path: { id }, query: { limit: 100 } } }),
    `papers ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  const papers = data.items.filter(({ kind }) => kind !== 'task')
  return (
    <>
      {papers.length === 0 && <p>{sayCase('papers.none')}</p>}
      <ul class="cards">
        {papers.map(({ id: paper, kind, written_on, narrative }) => (
          <li key={paper}>
            <strong>{sayCaseCode('paper', kind)}</strong> · {written_on}
            <Shown value={narrative} />
          </li>
        ))}
      </ul>
      <WritePaper id={id} />
    </>
  )
}
