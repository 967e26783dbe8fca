import { signal } from '@preact/signals'
import { fieldOf, textOf } from './json.ts'
import type { paths } from './schema.gen.ts'

type Reply = SignedIn & { readonly access_token: string; readonly refresh_token: string; readonly expires_in: number }
type SignedIn = { readonly me: Me }
export type Me = paths['/v1/me']['get']['responses'][200]['content']['application/json']

/** Who is signed in. The tokens beside it are in memory alone: a page that is closed has to sign in again. */
export const me = signal<Me | undefined>(undefined)

let tokens: { access: string; refresh: string; until: number } | undefined
let refreshing: Promise<string | undefined> | undefined

const SPARE_MS = 15_000

/** Takes over what a sign-in answered. */
export function begin(reply: Reply): void {
  keep(reply)
  me.value = reply.me
}

function keep({ access_token, refresh_token, expires_in }: Omit<Reply, 'me'>): void {
  tokens = { access: access_token, refresh: refresh_token, until: Date.now() + expires_in * 1000 - SPARE_MS }
}

/** Forgets the session here. */
export function forget(): void {
  tokens = undefined
  me.value = undefined
}

export const hasSession = (): boolean => tokens !== undefined

/** The session as something to seal; what is not used any more is forgotten by whoever asks. */
export const seizeSession = (): unknown =>
  tokens === undefined || me.value === undefined ? undefined : { tokens, me: me.value }

/** Takes back what was seized before. */
export function takeSession(session: unknown): void {
  if (!isSession(session)) return
  tokens = session.tokens
  me.value = session.me
}

/** Only this program seals sessions, under the key of this device. */
const isSession = (value: unknown): value is { tokens: NonNullable<typeof tokens>; me: Me } =>
  fieldOf(value, 'tokens') !== undefined && fieldOf(value, 'me') !== undefined

/** A token that is good for a moment yet; undefined without a session. Two that ask at once get one. */
export async function freshToken(): Promise<string | undefined> {
  if (tokens === undefined) return undefined
  if (Date.now() < tokens.until) return tokens.access
  refreshing ??= refresh(tokens.refresh).finally(() => {
    refreshing = undefined
  })
  return refreshing
}

/** What a request that the typed client does not send carries: its own headers, and the token. */
export async function authorized(headers: HeadersInit = {}): Promise<Headers> {
  const carried = new Headers(headers)
  const token = await freshToken()
  if (token !== undefined) carried.set('authorization', `Bearer ${token}`)
  return carried
}

async function refresh(refresh_token: string): Promise<string | undefined> {
  const reply = await fetch('/v1/session/refresh', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refresh_token }),
    cache: 'no-store',
  })
  if (reply.status === 401) {
    forget()
    return undefined
  }
  if (!reply.ok) throw new TypeError('the line is down')
  const body: unknown = await reply.json()
  const access_token = textOf(body, 'access_token')
  keep({ access_token, refresh_token: textOf(body, 'refresh_token'), expires_in: Number(fieldOf(body, 'expires_in')) })
  return access_token
}
