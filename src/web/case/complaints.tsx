import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { say } from '../words/words.ts'
import { Admissibility } from './admissibility.tsx'
import { DocumentButtons } from './document-buttons.tsx'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

const LANGUAGES = ['en', 'ru', 'fr', 'es']

/** What may be filed where, what was begun, and the documents of it. */
export function Complaints({ id }: CaseProps) {
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/complaints', { params: { path: { id } } }),
    `complaints ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      {data.items.length === 0 && <p>{sayCase('complaints.none')}</p>}
      <ul class="cards">
        {data.items.map(({ id: complaint, stage, legal, opened_on, steps, identity }) => (
          <li key={complaint}>
            <strong>
              {legal === null ? say('case.closed_to_you') : `${legal.mechanism} · ${legal.state}`} ·{' '}
              {sayCaseCode('complaint', stage)}
            </strong>
            <p>
              {opened_on}
              {identity !== null && ` · ${identity.author.family_name ?? ''} ${identity.author.given_names ?? ''}`}
            </p>
            <ol>
              {steps
                .filter(({ is_void }) => !is_void)
                .map((step) => (
                  <li key={step.id}>
                    {step.legal === null
                      ? say('case.closed_to_you')
                      : `${sayCaseCode('step', step.legal.step)} · ${step.legal.on}`}
                  </li>
                ))}
            </ol>
            <DocumentButtons
              url={`/v1/cases/${id}/complaints/${complaint}/document`}
              name={sayCase('documents.complaint')}
              languages={LANGUAGES}
            />
          </li>
        ))}
      </ul>
      <h3>{sayCase('admissibility.title')}</h3>
      <Admissibility id={id} />
      <h3>{sayCase('documents.medical')}</h3>
      <DocumentButtons
        url={`/v1/cases/${id}/medical-report`}
        name={sayCase('documents.medical')}
        languages={['en', 'ru']}
      />
    </>
  )
}
