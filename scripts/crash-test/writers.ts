import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Account, signIn } from '../bench/coalition.ts'

/** What a writer was told of one report, and how it can be known again. */
export type Acknowledged = z.output<typeof Receipt> & { readonly summary: string }

/** What the writers have seen so far. */
export type Diary = {
  /** Answers that no crash excuses, with how often they came. */
  readonly wrong: Map<string, number>
  retries: number
  signIns: number
}
export const newDiary = (): Diary => ({ wrong: new Map(), retries: 0, signIns: 0 })

type Receipts = { readonly acknowledged: Acknowledged[] }

const Receipt = z.object({ id: z.string(), ciphertext_sha256: z.string(), audit_receipt: z.string() })

export const PATIENCE_MS = 15_000
const PAUSE_MS_MAX = 40
export const RETRY_MS = 25
/** What a server may say while it starts, ends or has lost its database. */
const AWAY = [429, 503]
export const isAway = (status: number): boolean => AWAY.includes(status)

/** Submits reports over and over until told to stop, each under a key of its own until it is acknowledged. */
export async function write(writer: Writer, diary: Diary & Receipts, signal: AbortSignal): Promise<void> {
  for (let nth = 1; !signal.aborted; nth += 1) {
    const summary = `Report ${String(nth)} of ${writer.name}`
    const receipt = await submit(writer, diary, summary)
    diary.acknowledged.push({ ...receipt, summary })
    await sleep(Math.random() * PAUSE_MS_MAX)
  }
}

export type Writer = {
  readonly name: string
  readonly origin: string
  readonly report: (summary: string) => string
  readonly token: () => Promise<string>
  /** Says that a token is no good any more. */
  readonly drop: (token: string) => void
}

async function submit(writer: Writer, diary: Diary, summary: string): Promise<z.output<typeof Receipt>> {
  const key = crypto.randomUUID()
  const body = writer.report(summary)
  for (;;) {
    const token = await writer.token()
    const answer = await attempt(writer.origin, { token, key, body })
    if (answer?.status === 201) return Receipt.parse(JSON.parse(answer.text))
    if (answer?.status === 401) writer.drop(token)
    else if (answer !== undefined && !isAway(answer.status)) note(diary, `${String(answer.status)} ${answer.text}`)
    diary.retries += 1
    await sleep(RETRY_MS)
  }
}

/** The answer; undefined when none came. */
async function attempt(origin: string, { token, key, body }: { token: string; key: string; body: string }) {
  try {
    const reply = await fetch(`${origin}/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return { status: reply.status, text: await reply.text() }
  } catch {
    return undefined
  }
}

export function note(diary: Diary, answer: string): void {
  // Each request has an id of its own; without it, equal answers can be counted.
  const kind = answer.replace(/"instance":"[^"]*"/, '"instance":"…"')
  diary.wrong.set(kind, (diary.wrong.get(kind) ?? 0) + 1)
}

/** Prints the answers that no crash excuses, and says how many they were. */
export function tellWrong({ wrong }: Diary): number {
  for (const [answer, times] of wrong) console.error(`answered ${String(times)} times: ${answer}`)
  return [...wrong.values()].reduce((sum, times) => sum + times, 0)
}

/** One session for all the writers of an account: they wait together while somebody signs in again. */
export function sessionOf(origin: string, account: Account, diary: Diary): Pick<Writer, 'token' | 'drop'> {
  let token: Promise<string> | undefined
  return {
    token: () => (token ??= insist(origin, account, diary)),
    drop: (dead) => {
      void token?.then((current) => {
        if (current === dead) token = undefined
      })
    },
  }
}

async function insist(origin: string, account: Account, diary: Diary): Promise<string> {
  for (;;) {
    const token = await signIn(origin, account).catch(() => undefined)
    if (token !== undefined) {
      diary.signIns += 1
      return token
    }
    await sleep(RETRY_MS)
  }
}
