import { useEffect } from 'preact/hooks'
import { api } from '../api/client.ts'
import { sayCase, sayCaseCode } from '../words/case.ts'
import { readList, say, sayListed } from '../words/words.ts'
import type { CaseProps } from './section.tsx'
import { useShown } from './writing.ts'

/** Every mechanism: open or not, and why, each reason with how sure it is. */
export function Admissibility({ id }: CaseProps) {
  useEffect(() => void readList('countries'), [])
  const { data, trouble } = useShown(
    () => api.GET('/v1/cases/{id}/admissibility', { params: { path: { id } } }),
    `admissibility ${id}`,
  )
  if (data === undefined) return <p role="status">{trouble ?? say('loading')}</p>
  const { answers } = data.result
  if (answers.length === 0) return <p>{sayCase('admissibility.none')}</p>
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={sayCase('admissibility.title')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{sayCase('admissibility.mechanism')}</th>
            <th scope="col">{sayCase('admissibility.status')}</th>
            <th scope="col">{sayCase('admissibility.last_day')}</th>
            <th scope="col">{sayCase('admissibility.why')}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ state, mechanism, name, status, last_day, days_left, certainty, reasons }) => (
            <tr key={`${state} ${mechanism}`}>
              <th scope="row">
                {name} <small>{sayListed('countries', state)}</small>
              </th>
              <td>
                {sayCaseCode('admissible', status)}
                <br />
                <small>{sayCaseCode('certainty', certainty)}</small>
              </td>
              <td>
                {last_day ?? '—'}
                {days_left !== null && ` (${say('agenda.days', { count: days_left })})`}
              </td>
              <td>
                <ul>
                  {reasons
                    .filter(({ effect }) => effect !== 'passes')
                    .map(({ check, code, effect }) => (
                      <li key={`${check} ${code}`}>
                        {sayCaseCode('effect', effect)}: {sayCaseCode('check', check)} — {code.replaceAll('_', ' ')}
                      </li>
                    ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
