import { sayCaseCode } from '../words/case.ts'
import { say, sayListed } from '../words/words.ts'

type Props = {
  readonly value: unknown
  /** The list of the server that a field takes its codes from. */
  readonly from?: Readonly<Record<string, string>>
}

/** What is written in a record, field by field; or that the reader's keys do not open it. */
export function Shown({ value, from = {} }: Props) {
  if (value === null) return <p>{say('case.closed_to_you')}</p>
  if (typeof value !== 'object') return null
  const all: [string, unknown][] = Object.entries(value)
  const fields = all.filter(([, inner]) => !Array.isArray(inner) || inner.length > 0)
  return (
    <dl>
      {fields.map(([field, inner]) => (
        <div key={field}>
          <dt>{sayCaseCode('field', field)}</dt>
          <dd>
            <Inner name={field} value={inner} from={from} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Inner({ name, value, from = {} }: Props & { readonly name: string }) {
  if (Array.isArray(value))
    return (
      <ul>
        {value.map((one: unknown, at) => (
          <li key={at}>
            <Inner name={name} value={one} from={from} />
          </li>
        ))}
      </ul>
    )
  if (typeof value === 'object' && value !== null) return <Shown value={value} from={from} />
  const list = from[name]
  const text = String(value)
  return <span class="told">{list === undefined ? sayCaseCode(name, text) : sayListed(list, text)}</span>
}
