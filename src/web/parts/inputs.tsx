import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { say } from '../words/words.ts'

type LineProps = {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly most?: number
  readonly type?: 'text' | 'date'
  readonly isNeeded?: boolean
}

/** One line to type, or a day to choose. */
export function Line({ label, value, onValue, most = 200, type = 'text', isNeeded = false }: LineProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        maxLength={most}
        required={isNeeded}
        autocomplete="off"
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  )
}

/** Several lines to type. */
export function Long({ label, value, onValue, most = 2_000, isNeeded = false }: Omit<LineProps, 'type'>) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={value}
        maxLength={most}
        required={isNeeded}
        onInput={({ currentTarget }) => onValue(currentTarget.value)}
      />
    </div>
  )
}

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T | ''
  readonly options: readonly T[]
  readonly sayOption: (option: T) => string
  readonly onValue: (value: T | '') => void
  readonly isNeeded?: boolean
}

/** One out of a list. */
export function Choice<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, sayOption, onValue, isNeeded = false } = props
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        required={isNeeded}
        onChange={({ currentTarget }) => onValue(options.find((option) => option === currentTarget.value) ?? '')}
      >
        <option value="">{say('report.choose')}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {sayOption(option)}
          </option>
        ))}
      </select>
    </div>
  )
}

type FormProps = {
  readonly summary: string
  readonly send: string
  readonly said: string
  readonly isBusy: boolean
  readonly onSend: () => void
  readonly children: ComponentChildren
}

/** A form that is folded away until it is wanted. */
export function FoldedForm({ summary, send, said, isBusy, onSend, children }: FormProps) {
  return (
    <details class="new">
      <summary>{summary}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSend()
        }}
      >
        {children}
        <p role="alert">{said}</p>
        <button type="submit" disabled={isBusy}>
          {isBusy ? say('loading') : send}
        </button>
      </form>
    </details>
  )
}
