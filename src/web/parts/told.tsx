import { useEffect } from 'preact/hooks'
import { lists, readList, say, sayCode, sayOf, sayTerm } from '../words/words.ts'

/** Lists whose codes stand in what was reported. */
const LISTS = [
  'countries',
  'regions',
  'event_places',
  'sex',
  'age_bands',
  'violation_types',
  'perpetrator_institutions',
]

type Props = { readonly title: string; readonly value: unknown }

/** What was told, field by field, with the labels of its codes; or that the reader's keys do not open it. */
export function Told({ title, value }: Props) {
  useEffect(() => LISTS.forEach((name) => void readList(name)), [])
  return (
    <section>
      <h2>{title}</h2>
      {value === null ? <p>{say('case.closed_to_you')}</p> : <Value of={value} name="" />}
    </section>
  )
}

function Value({ of, name }: { readonly of: unknown; readonly name: string }) {
  if (Array.isArray(of))
    return (
      <ul>
        {of.map((one: unknown, at) => (
          <li key={at}>
            <Value of={one} name={name} />
          </li>
        ))}
      </ul>
    )
  if (typeof of !== 'object' || of === null) return <span class="told">{sayAny(name, String(of))}</span>
  const fields: [string, unknown][] = Object.entries(of)
  return (
    <dl>
      {fields.map(([field, inner]) => (
        <div key={field}>
          <dt>{sayField(field)}</dt>
          <dd>
            <Value of={inner} name={field} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A field that the form asks for has its words there; others are shown by their name. */
const sayField = (field: string): string => {
  const said = sayOf('q', field)
  return said === `q.${field}` ? field.replaceAll('_', ' ') : said
}

function sayAny(name: string, text: string): string {
  for (const list of LISTS) {
    const term = lists.value[list]?.find(({ code }) => code === text)
    if (term !== undefined) return sayTerm(term)
  }
  return sayCode(name, text)
}
