import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import { RuleBehind } from './rule.tsx'
import type { CaseProps } from './section.tsx'
import { Shown } from './shown.tsx'
import { useShown } from './writing.ts'

/** The steps before domestic authorities, and whether remedies are exhausted by the rule of each State. */
export function Proceedings({ id }: CaseProps) {
  useEffect(() => ['proceeding_results', 'countries'].forEach((list) => void readList(list)), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/proceedings', { params: { path: { id } } }),
    `proceedings ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  return (
    <>
      <Exhaustion id={id} />
      {data.items.length === 0 && <p>{sayCase('proceedings.none')}</p>}
      <ol class="cards">
        {data.items.map((step) => (
          <li key={step.id}>
            <Shown value={step.legal} from={{ result: 'proceeding_results', state: 'countries' }} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Exhaustion({ id }: CaseProps) {
  const { data } = useShown(
    () => api.GET('/v1/cases/{id}/exhaustion', { params: { path: { id } } }),
    `exhaustion ${id}`,
  )
  if (data === undefined) return null
  return (
    <ul class="cards">
      {data.states.map(({ state, status, reasons, rule }) => (
        <li key={state}>
          <strong>
            {sayListed('countries', state)}: {sayCaseCode('exhaustion', status)}
          </strong>
          <ul>
            {reasons.map(({ code }) => (
              <li key={code}>{sayCaseCode('exhaustion_reason', code)}</li>
            ))}
          </ul>
          {rule !== null && <RuleBehind rule={rule} />}
        </li>
      ))}
    </ul>
  )
}
