import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Answers } from '../form/form.ts'
import { one, several } from '../form/form.ts'
import type { Question } from '../form/questions.ts'
import type { Term } from '../device/store.ts'
import { lists, readList, say, sayCode, sayOf, sayTerm } from '../words/words.ts'

type Props = {
  readonly question: Question
  readonly answers: Answers
  readonly isWrong: boolean
  readonly onAnswer: (name: string, value: string | readonly string[]) => void
}

/** One question with what it is answered by. */
export function Field(props: Props) {
  const { list } = props.question
  useEffect(() => {
    if (list !== undefined) void readList(list)
  }, [list])
  return props.question.type === 'several' ? <Several {...props} /> : <Single {...props} />
}

function Single({ question, answers, isWrong, onAnswer }: Props) {
  const { name, isNeeded } = question
  const common = {
    id: `q-${name}`,
    value: one(answers, name) ?? '',
    'aria-invalid': isWrong,
    'aria-required': isNeeded === true,
  }
  const answered = ({ currentTarget }: { currentTarget: { value: string } }) => onAnswer(name, currentTarget.value)
  return (
    <div class="field">
      <label for={common.id}>
        {sayOf('q', name)} {isNeeded === true && <small>{say('report.needed')}</small>}
      </label>
      {question.type === 'choice' && (
        <select {...common} onChange={answered}>
          <option value="">{say('report.choose')}</option>
          {optionsOf(question, answers).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      )}
      {question.type === 'long' && <textarea {...common} rows={5} maxLength={question.most} onInput={answered} />}
      {isLine(question) && (
        <input
          {...common}
          type={question.type === 'date' ? 'date' : 'text'}
          inputMode={question.type === 'number' ? 'numeric' : 'text'}
          maxLength={question.most}
          autocomplete="off"
          onInput={answered}
        />
      )}
    </div>
  )
}

const isLine = ({ type }: Question): boolean => type === 'text' || type === 'date' || type === 'number'

function Several({ question, answers, isWrong, onAnswer }: Props) {
  const { name, isNeeded } = question
  const chosen = several(answers, name)
  const toggle = (code: string) =>
    onAnswer(name, chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code])
  return (
    <fieldset class="field" aria-invalid={isWrong}>
      <legend>
        {sayOf('q', name)} {isNeeded === true && <small>{say('report.needed')}</small>}
      </legend>
      {familiesOf(question, answers).map(({ family, options }) => (
        <Family key={family} family={family} count={options.filter(({ code }) => chosen.includes(code)).length}>
          {options.map(({ code, label }) => (
            <label key={code} class="box">
              <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} /> {label}
            </label>
          ))}
        </Family>
      ))}
    </fieldset>
  )
}

type FamilyProps = { readonly family: string; readonly count: number; readonly children: ComponentChildren }

/** Codes of one family, folded away; codes without one stand as they are. */
function Family({ family, count, children }: FamilyProps) {
  if (family === '') return <>{children}</>
  return (
    <details class="family">
      <summary>
        {family}
        {count > 0 && ` (${String(count)})`}
      </summary>
      {children}
    </details>
  )
}

/** The options by the term above them, in the order of the list. */
function familiesOf(question: Question, answers: Answers) {
  const terms = lists.value[question.list ?? ''] ?? []
  const families = new Map<string, Option[]>()
  for (const option of optionsOf(question, answers)) {
    const parent = terms.find(({ code }) => code === option.code)?.parent
    const above = terms.find(({ code }) => code === parent)
    const family = above === undefined ? '' : sayTerm(above)
    families.set(family, [...(families.get(family) ?? []), option])
  }
  return [...families].map(([family, options]) => ({ family, options }))
}

type Option = { readonly code: string; readonly label: string }

function optionsOf({ name, codes, list, within }: Question, answers: Answers): Option[] {
  if (codes !== undefined) return codes.map((code) => ({ code, label: sayCode(name, code) }))
  const terms = lists.value[list ?? ''] ?? []
  const parent = within === undefined ? undefined : one(answers, within)
  const fitting = within === undefined ? leavesOf(terms) : terms.filter((term) => term.parent === parent)
  return fitting.map((term) => ({ code: term.code, label: sayTerm(term) }))
}

/** What is above other terms is a heading, not an answer; where nothing is above anything, all are. */
function leavesOf(terms: readonly Term[]): readonly Term[] {
  const parents = new Set(terms.map(({ parent }) => parent))
  return terms.filter(({ code }) => !parents.has(code))
}
