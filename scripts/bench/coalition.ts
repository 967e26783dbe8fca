import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** Somebody who can sign in to the server that is measured. Invented. */
export type Account = { readonly handle: string; readonly passphrase: string }

export const PASSPHRASE = 'seven invented words for a measurement only'
const PATIENCE_MS = 30_000
const POLL_MS = 20

const Joined = z.object({ user_id: z.string(), fingerprint: z.string() })
const Session = z.object({ access_token: z.string() })

type Call = {
  readonly method?: 'GET' | 'POST'
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request of the API; throws on any answer but a good one. */
export async function call(url: string, { method = 'POST', body, token, headers }: Call): Promise<unknown> {
  const reply = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${method} ${new URL(url).pathname}: ${String(reply.status)} ${text}`)
  return JSON.parse(text)
}

/** Signs in, and gives the access token. */
export async function signIn(origin: string, { handle, passphrase }: Account): Promise<string> {
  return Session.parse(await call(`${origin}/v1/session`, { body: { handle, passphrase } })).access_token
}

type Server = { readonly origin: string; printed(): string }

/** Founds a coalition with so many monitors and one lawyer who reads the intake. The server must do without second factors. */
export async function found({ origin, printed }: Server, monitors: number) {
  const setupCode = await setupCodeIn(printed)
  const founder = { handle: 'founder', passphrase: PASSPHRASE }
  const organisation = { name: 'Invented', country: 'KG' }
  await call(`${origin}/v1/setup`, {
    body: { code: setupCode, organisation, founder: { ...founder, profile: { name: 'Founder' } } },
  })
  const by = await signIn(origin, founder)
  const join = async (handle: string, wish: object): Promise<Account> => {
    const invitation = await call(`${origin}/v1/invitations`, { body: wish, token: by })
    const account = { handle, passphrase: PASSPHRASE }
    const { code } = z.object({ code: z.string() }).parse(invitation)
    const accepted = await call(`${origin}/v1/invitations/accept`, {
      body: { code, ...account, profile: { name: handle } },
    })
    const { user_id, fingerprint } = Joined.parse(accepted)
    const confirmation = { body: { fingerprint }, token: by, headers: { 'if-match': '"1"' } }
    await call(`${origin}/v1/members/${user_id}/confirm`, confirmation)
    return account
  }
  const reader = await join('reader', { roles: ['lawyer'], is_intake: true })
  const writers: Account[] = []
  for (let nth = 1; nth <= monitors; nth += 1)
    writers.push(await join(`monitor-${String(nth)}`, { roles: ['monitor'] }))
  return { reader, writers }
}

/** The code is printed soon after the server is ready. */
async function setupCodeIn(printed: () => string): Promise<string> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const code = /set-up code[^:]*: (\S+)\n/.exec(printed())?.[1]
    if (code !== undefined) return code
    await sleep(POLL_MS)
  }
  throw new Error('the server printed no set-up code')
}
