import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { Refusal } from '../api/client.ts'
import { type Draft, drafts, saveDraft } from '../device/drafts.ts'
import { sendWaiting } from '../device/outbox.ts'
import { isAsked, missingIn } from '../form/check.ts'
import type { Form } from '../form/form.ts'
import { type Step, stepsFor } from '../form/questions.ts'
import { Field } from '../parts/field.tsx'
import { say, sayCode, sayOf } from '../words/words.ts'

const SAVE_AFTER_MS = 800

export function DraftPage({ id }: { readonly id: string }) {
  const draft = drafts.value.find((one) => one.id === id)
  return draft === undefined ? <p>{say('home.none')}</p> : <Writing key={id} draft={draft} />
}

/** Everything that is typed is kept on the device within a second, encrypted. */
function useKept(draft: Draft) {
  const [form, setForm] = useState<Form>(draft.form)
  const latest = useRef({ draft, form })
  latest.current = { draft, form }
  useEffect(() => {
    if (form === draft.form) return undefined
    const timer = setTimeout(() => void saveDraft({ ...draft, state: 'draft', form }), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [form])
  useEffect(
    () => () => {
      const { draft: last, form: typed } = latest.current
      if (typed !== last.form && last.state === 'draft') void saveDraft({ ...last, form: typed }).catch(() => undefined)
    },
    [],
  )
  const answer = (name: string, value: string | readonly string[]) =>
    setForm((before) => ({ ...before, answers: { ...before.answers, [name]: value } }))
  return { form, answer }
}

function Writing({ draft }: { readonly draft: Draft }) {
  const { form, answer } = useKept(draft)
  const [at, setAt] = useState<number | undefined>(0)
  const [missing, setMissing] = useState<readonly string[]>([])
  const [, go] = useLocation()
  const steps = stepsFor(form.kind)
  const shown = at === undefined ? steps : steps.slice(at, at + 1)

  async function send(): Promise<void> {
    const left = missingIn(form)
    setMissing(left)
    if (left.length > 0) return setAt(undefined)
    await saveDraft({ ...draft, form, state: 'queued' })
    go('/')
    void sendWaiting()
  }

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <h1>{sayCode('kind', form.kind)}</h1>
      <Trouble missing={missing} refusal={draft.refusal} />
      {shown.map((step) => (
        <Questions key={step.name} step={step} form={form} missing={missing} answer={answer} />
      ))}
      <Ways at={at} last={steps.length - 1} turn={setAt} send={() => void send()} />
      <p class="note">{say('report.saved')}</p>
    </form>
  )
}

function Trouble({ missing, refusal }: { readonly missing: readonly string[]; readonly refusal: Refusal | undefined }) {
  const left = missing.map((name) => sayOf('q', name)).join(', ')
  return (
    <p role="alert">
      {left !== '' && `${say('report.missing')} ${left} `}
      {refusal !== undefined && `${say('report.refused')} ${refusal.title} ${refusal.pointers.join(' ')}`}
    </p>
  )
}

type Turning = {
  /** Which step is shown; undefined shows all. */
  readonly at: number | undefined
  readonly last: number
  readonly turn: (to: number | undefined) => void
  readonly send: () => void
}

/** Back, on, all at once, and out. */
function Ways({ at, last, turn, send }: Turning) {
  const isLast = at === undefined || at === last
  return (
    <div class="row">
      {at !== undefined && at > 0 && (
        <button type="button" onClick={() => turn(at - 1)}>
          {say('report.back')}
        </button>
      )}
      <button type="button" class="main" onClick={() => (isLast ? send() : turn(at + 1))}>
        {say(isLast ? 'report.send' : 'report.next')}
      </button>
      <button type="button" class="quiet" onClick={() => turn(at === undefined ? 0 : undefined)}>
        {say(at === undefined ? 'report.steps' : 'report.all')}
      </button>
    </div>
  )
}

type Asking = {
  readonly step: Step
  readonly form: Form
  readonly missing: readonly string[]
  readonly answer: (name: string, value: string | readonly string[]) => void
}

const Questions = ({ step, form, missing, answer }: Asking) => (
  <section aria-labelledby={`step-${step.name}`}>
    <h2 id={`step-${step.name}`}>{sayOf('step', step.name)}</h2>
    {step.questions
      .filter((question) => isAsked(question, form.answers))
      .map((question) => (
        <Field
          key={question.name}
          question={question}
          answers={form.answers}
          isWrong={missing.includes(question.name)}
          onAnswer={answer}
        />
      ))}
  </section>
)
