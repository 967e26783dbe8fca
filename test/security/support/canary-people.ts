import { totpCode } from '../../support/coalition.ts'
import { ifMatch } from '../../support/client.ts'
import { type Body, type Caller, eachOf } from './caller.ts'
import { asciiMarks, emails, handles, marked, passphrases } from './marks.ts'

/** Somebody of the demonstration coalition. */
export type Person = {
  readonly id: string
  readonly handle: string
  passphrase: string
  token: string
  version: number
}

/** Everybody, with all that was handed out on the way and must be found nowhere. */
export type People = {
  readonly founder: Person
  readonly members: readonly Person[]
  readonly handedOut: readonly string[]
}

const wishes = [
  { roles: ['lawyer'], is_intake: true },
  { roles: ['clinician', 'administrator'] },
  { roles: ['coordinator'], is_recovery_officer: true },
  { roles: ['coordinator'], is_recovery_officer: true },
  { roles: ['lawyer'], is_recovery_officer: true },
]

const tokensOf = ({ access_token, refresh_token }: Body): string[] => {
  const claims = JSON.parse(Buffer.from(String(access_token).split('.')[1] ?? '', 'base64url').toString())
  return [String(access_token), String(claims.share), String(refresh_token).split('.')[1] ?? '']
}

/** How many of the members sign in and do something. */
const AT_WORK = 24

/** Founds a coalition and takes in fifty members and fifty organisations. */
export async function gatherPeople(caller: Caller, setupCode: string): Promise<People> {
  const handedOut: string[] = []
  const found = (code: string) => ({
    code,
    organisation: { name: marked('founding')[0], country: 'KG' },
    founder: {
      profile: { name: 'Kanareika Founder', email: 'kanareika@example.org' },
      handle: 'kanareika-founder',
      passphrase: 'zhavoronok over the first lake',
    },
  })
  await eachOf(
    asciiMarks('setup').map((text) => text.slice(0, 60)),
    (code) => caller.expectOf(403, 'POST /v1/setup', { body: found(code) }),
  )
  const welcome = await caller.expectOf(201, 'POST /v1/setup', { body: found(setupCode) })
  const founder = {
    id: welcome.user_id,
    handle: 'kanareika-founder',
    passphrase: found('').founder.passphrase,
    token: '',
    version: 1,
  }
  handedOut.push(...(await signIn(caller, founder)))

  const organisations = await eachOf(marked('organisation'), (name, at) =>
    caller.expectOf(201, 'POST /v1/organisations', {
      token: founder.token,
      body: { profile: { name, country: 'TJ' } },
      headers: { 'idempotency-key': asciiMarks('key-organisation')[at] ?? '' },
    }),
  )
  handedOut.push(...organisations.map(({ invitation }) => String(invitation.code)))

  const members = await eachOf(handles, async (handle, at) => {
    const wish = wishes[at] ?? { roles: ['monitor'] }
    const { code } = await caller.expectOf(201, 'POST /v1/invitations', { token: founder.token, body: wish })
    const profile = { name: marked('member')[at], email: emails[at] }
    // The last ones are given a passphrase instead of bringing one.
    const own = at < 45 ? { passphrase: passphrases[at] } : {}
    const joined = await caller.expectOf(201, 'POST /v1/invitations/accept', {
      body: { code, handle, profile, ...own },
    })
    handedOut.push(String(code), ...(joined.passphrase === null ? [] : [String(joined.passphrase)]))
    await caller.expectOf(200, `POST /v1/members/${String(joined.user_id)}/confirm`, {
      token: founder.token,
      body: { fingerprint: joined.fingerprint },
      headers: ifMatch(1),
    })
    const passphrase = String(joined.passphrase ?? passphrases[at])
    return { id: String(joined.user_id), handle, passphrase, token: '', version: 2 }
  })
  const tokens = await eachOf([...members.slice(0, AT_WORK), ...members.slice(-1)], (member) => signIn(caller, member))
  return { founder, members, handedOut: [...handedOut, ...tokens.flat()] }
}

/** Gives the person a token; answers what must be found nowhere. */
async function signIn(caller: Caller, person: Person): Promise<string[]> {
  const { handle, passphrase } = person
  const session = await caller.expectOf(201, 'POST /v1/session', { body: { handle, passphrase } })
  const renewed = await caller.expectOf(201, 'POST /v1/session/refresh', {
    body: { refresh_token: session.refresh_token },
  })
  person.token = String(renewed.access_token)
  return [...tokensOf(session), ...tokensOf(renewed)]
}

/** Fifty seeds are offered, and some of them set, which ends sessions. Answers them all. */
export async function setSecondFactors(caller: Caller, people: readonly Person[]): Promise<string[]> {
  const [first] = people
  const offered = await eachOf(asciiMarks('seed'), () =>
    caller.expectOf(200, 'GET /v1/me/second-factor', { token: first?.token ?? '' }),
  )
  await eachOf(people, async ({ token, passphrase }, at) => {
    const seed = offered[at]?.seed
    const code = totpCode(String(seed), new Date())
    await caller.expectOf(204, 'PUT /v1/me/second-factor', { token, body: { passphrase, seed, code } })
  })
  return offered.map(({ seed }) => String(seed))
}

/** Fifty accounts start a recovery, two officers help one of them, which then takes a new passphrase. */
export async function recover(caller: Caller, { members }: People): Promise<string[]> {
  const started = await eachOf(members, ({ handle }) =>
    caller.expectOf(201, 'POST /v1/recoveries', { body: { handle } }),
  )
  const officers = members.slice(2, 4)
  const { items } = await caller.expectOf(200, 'GET /v1/recoveries', { token: officers[0]?.token ?? '' })
  for (const officer of officers)
    for (const at of [20, 21]) {
      const recovery = items.find(({ user_id }: Body) => user_id === members[at]?.id)
      await caller.expectOf(204, `POST /v1/recoveries/${String(recovery.id)}/approvals`, {
        token: officer.token,
        body: { fingerprint: started[at].fingerprint },
      })
    }
  const restored = members[20]
  const passphrase = 'zhavoronok restored beside the lake'
  await caller.expectOf(200, 'POST /v1/recoveries/complete', { body: { code: started[20].code, passphrase } })
  if (restored !== undefined) restored.passphrase = passphrase
  const tokens = restored === undefined ? [] : await signIn(caller, restored)
  return [...started.map(({ code }) => String(code)), ...tokens]
}

/** Some change their passphrase: to one of their own, and to one they are given. */
export async function changePassphrases(caller: Caller, people: readonly Person[]): Promise<string[]> {
  return eachOf(people, async (person, at) => {
    const wish = at % 2 === 0 ? {} : { new_passphrase: `${person.passphrase} again` }
    const body = { passphrase: person.passphrase, ...wish }
    const changed = await caller.expectOf(200, 'POST /v1/me/passphrase', { token: person.token, body })
    person.passphrase = String(changed.passphrase ?? `${person.passphrase} again`)
    return person.passphrase
  })
}
