import type { FastifyInstance } from 'fastify'
import { TOTP } from 'otpauth'
import { type Client, clientOf, ifMatch } from './client.ts'

/** One person of the seeded coalition: invented, like everybody here. */
export type Person = {
  id: string
  organisation_id: string
  handle: string
  passphrase: string
  fingerprint: string
  seed: string | null
  refresh_token: string
}

export type People = Record<string, Person>
export type Coalition = { home: People; away: People }

const PASSPHRASE = 'seven invented words for a test only'

/** Who is in an organisation besides its founder. */
const cast = {
  monitor: { roles: ['monitor'] },
  lawyer: { roles: ['lawyer'] },
  intake: { roles: ['lawyer'], is_intake: true },
  coordinator: { roles: ['coordinator'] },
  administrator: { roles: ['administrator'] },
}
const homeOnly = {
  clinician: { roles: ['clinician'] },
  officer: { roles: ['coordinator'], is_recovery_officer: true },
  officer2: { roles: ['coordinator'], is_recovery_officer: true },
  officer3: { roles: ['clinician'], is_recovery_officer: true },
}

export const totpCode = (seed: string, at: Date): string =>
  new TOTP({ secret: seed }).generate({ timestamp: at.getTime() })

/** Founds two organisations with one member of each kind, all confirmed and signed in, through the public API. */
export async function seedCoalition(server: FastifyInstance, setupCode: string): Promise<Coalition> {
  const stranger = clientOf(server, () => Promise.resolve(undefined))
  const founded = await expectStatus(
    201,
    stranger.post('/v1/setup', {
      code: setupCode,
      organisation: { name: 'Home, invented', country: 'KG' },
      founder: { profile: { name: 'Founder' }, handle: 'home-founder', passphrase: PASSPHRASE },
    }),
  )
  const founder = await signInFirst(server, founded, { needsFactor: true })
  const homeFounder = await clientFor(server, founder)

  const offer = await expectStatus(
    201,
    homeFounder.post('/v1/organisations', { profile: { name: 'Away', country: 'TJ' } }),
  )
  const joined = await accept(stranger, offer.invitation.code, 'away-founder')
  await confirm(homeFounder, joined)
  const away = await signInFirst(server, joined, { needsFactor: true })
  const awayFounder = await clientFor(server, away)

  const [home, abroad] = await Promise.all([
    staff(server, homeFounder, { prefix: 'home', members: { ...cast, ...homeOnly } }),
    staff(server, awayFounder, { prefix: 'away', members: cast }),
  ])
  return { home: { ...home, founder }, away: { ...abroad, founder: away } }
}

type Staffing = { prefix: string; members: Record<string, { roles: string[] }> }

async function staff(server: FastifyInstance, founder: Client, { prefix, members }: Staffing): Promise<People> {
  const stranger = clientOf(server, () => Promise.resolve(undefined))
  const entries = Object.entries(members).map(async ([name, wish]): Promise<[string, Person]> => {
    const invitation = await expectStatus(201, founder.post('/v1/invitations', wish))
    const joined = await accept(stranger, invitation.code, `${prefix}-${name}`)
    await confirm(founder, joined)
    const needsFactor =
      'is_recovery_officer' in wish || wish.roles.some((role) => ['lawyer', 'coordinator'].includes(role))
    return [name, await signInFirst(server, joined, { needsFactor })]
  })
  return Object.fromEntries(await Promise.all(entries))
}

function accept(stranger: Client, code: string, handle: string) {
  const profile = { name: handle, email: `${handle}@example.org` }
  return expectStatus(201, stranger.post('/v1/invitations/accept', { code, handle, passphrase: PASSPHRASE, profile }))
}

async function confirm(by: Client, { user_id, fingerprint }: { user_id: string; fingerprint: string }) {
  await expectStatus(200, by.post(`/v1/members/${user_id}/confirm`, { fingerprint }, ifMatch(1)))
}

type Joined = { user_id: string; organisation_id: string; handle: string; fingerprint: string }

/** Sets the second factor with the code of the step before, so that the present one is still good; again when time was short. */
async function enrol(client: Client, seed: string, triesLeft = 3): Promise<Date> {
  const now = new Date()
  const code = totpCode(seed, new Date(+now - 30_000))
  const sent = client.put('/v1/me/second-factor', { passphrase: PASSPHRASE, seed, code })
  if ((await sent).status === 422 && triesLeft > 0) return enrol(client, seed, triesLeft - 1)
  await expectStatus(204, sent)
  return now
}

async function signInFirst(
  server: FastifyInstance,
  joined: Joined,
  { needsFactor }: { needsFactor: boolean },
): Promise<Person> {
  const stranger = clientOf(server, () => Promise.resolve(undefined))
  const { handle } = joined
  const credentials = { handle, passphrase: PASSPHRASE }
  let session = await expectStatus(201, stranger.post('/v1/session', credentials))
  let seed: string | null = null
  if (needsFactor) {
    const first = clientOf(server, () => Promise.resolve(session.access_token))
    const offered = await expectStatus(200, first.get('/v1/me/second-factor'))
    seed = String(offered.seed)
    const now = await enrol(first, seed)
    session = await expectStatus(201, stranger.post('/v1/session', { ...credentials, code: totpCode(seed, now) }))
  }
  return {
    id: joined.user_id,
    organisation_id: joined.organisation_id,
    handle,
    passphrase: PASSPHRASE,
    fingerprint: joined.fingerprint,
    seed,
    refresh_token: session.refresh_token,
  }
}

/** A client with tokens of its own; the refresh token of `person` is spent. */
export async function clientFor(server: FastifyInstance, person: Person): Promise<Client> {
  const stranger = clientOf(server, () => Promise.resolve(undefined))
  const session = await expectStatus(201, stranger.post('/v1/session/refresh', { refresh_token: person.refresh_token }))
  person.refresh_token = session.refresh_token
  return clientOf(server, () => Promise.resolve(session.access_token))
}

async function expectStatus(status: number, sent: ReturnType<Client['get']>) {
  const reply = await sent
  if (reply.status !== status) throw new Error(`expected ${String(status)}, got ${String(reply.status)}: ${reply.text}`)
  return reply.body
}
