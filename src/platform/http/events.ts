import { PassThrough } from 'node:stream'
import { Problem } from '../kernel/problem.ts'
import type { Download } from './download.ts'

/** Tells whoever listens: a name and its data. */
export type Emit = (event: string, data: object) => void

export const EVENTS = 'text/event-stream'

const BEAT_MS = 10_000

/**
 * Work told as it goes on, as server-sent events (HTML, section 9.2). When the listener hangs up, `gone` is aborted:
 * that is how work is cancelled. A Problem ends it with an event `problem`; a bug breaks it off, for the log.
 */
export function eventStream(work: (emit: Emit, gone: AbortSignal) => Promise<void>): Download {
  const content = new PassThrough()
  const listener = new AbortController()
  content.once('close', () => listener.abort())
  const write = (text: string) => {
    if (content.writable) content.write(text)
  }
  const beat = setInterval(() => write(':\n\n'), BEAT_MS)
  const emit: Emit = (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

  void work(emit, listener.signal)
    .catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      const { slug, status, title } = error.kind
      emit('problem', { type: `/problems/${slug}`, status, title })
    })
    .then(
      () => content.end(),
      (error: unknown) => content.destroy(error instanceof Error ? error : new Error('the work broke off')),
    )
    .finally(() => clearInterval(beat))
  return { media: EVENTS, content, headers: { 'x-accel-buffering': 'no' } }
}
