import { signal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import { textOf } from '../api/json.ts'
import { type Answer, create } from '../api/send.ts'
import { useFetched } from '../parts/fetched.ts'
import { say } from '../words/words.ts'

/** Counts what was written from these pages, so that what is shown is asked again. */
const written = signal(0)
export const tellWritten = (): void => {
  written.value += 1
}

/** What the server answers, asked again after each change that was made here. */
export const useShown: typeof useFetched = (ask, what) => useFetched(ask, `${what} ${String(written.value)}`)

const NO_LINE: Answer = { status: 0, body: undefined }
export const isDone = ({ status }: Answer): boolean => status >= 200 && status < 300

/** What to tell of an answer: nothing where it went well. */
function troubleOf(answer: Answer): string {
  if (isDone(answer)) return ''
  if (answer.status === 0) return say('error.line')
  return `${say('error.other')} ${textOf(answer.body, 'title')}`.trim()
}

/** Sends what is written, and tells how it went. */
export function useWriting() {
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  async function write(send: () => Promise<Answer>): Promise<Answer> {
    setBusy(true)
    const answer = await send().catch(() => NO_LINE)
    setBusy(false)
    setSaid(troubleOf(answer))
    if (isDone(answer)) tellWritten()
    return answer
  }
  return { said, isBusy, write }
}

/** The same for what is created: sent again unchanged, it is created once. */
export function useCreating(url: string) {
  const { said, isBusy, write } = useWriting()
  const last = useRef({ text: '', key: '' })
  async function send(value: unknown): Promise<Answer> {
    const text = JSON.stringify(value)
    if (last.current.text !== text) last.current = { text, key: crypto.randomUUID() }
    const answer = await write(() => create(url, last.current.key, value))
    if (answer.status !== 0) last.current = { text: '', key: '' }
    return answer
  }
  return { said, isBusy, send }
}

/** Today where the reader is, as the server writes days. */
export function today(): string {
  const now = new Date()
  const two = (number: number) => String(number).padStart(2, '0')
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** An object with this field, unless it was left empty. */
export const given = <K extends string>(name: K, value: string): Partial<Record<K, string>> => {
  const told: Partial<Record<K, string>> = {}
  if (value.trim() !== '') told[name] = value.trim()
  return told
}
