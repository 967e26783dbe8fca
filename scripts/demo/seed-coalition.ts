import { z } from 'zod'
import { type Api, apiAt, DemoStopped, eachOf } from './api.ts'
import { invited, type Organisation, parts, type Part, type Person, plans } from './coalition.ts'

const Welcome = z.object({ user_id: z.string(), handle: z.string(), passphrase: z.string(), fingerprint: z.string() })
const Invitation = z.object({ code: z.string(), anchor: z.string() })
const Session = z.object({ access_token: z.string(), me: z.object({ id: z.string(), standing: z.literal('full') }) })
const NewOrganisation = z.object({ id: z.string(), invitation: Invitation })
const Coverage = z.object({
  threshold: z.int(),
  officers: z.int(),
  members: z.array(z.object({ is_covered: z.boolean() })),
})

/** Each hash of a passphrase takes 64 MiB and a good tenth of a second; more at once would only wait for the processor. */
const AT_ONCE = 4

type Plan = (typeof plans)[number]
type Account = z.output<typeof Welcome>
type Founded = { readonly plan: Plan; readonly founder: Account }
type Member = { readonly plan: Plan; readonly part: Part; readonly account: Account }

/** Four organisations with five people each: founded, invited, confirmed by fingerprint, signed in; all through the API. */
export async function seedCoalition(address: string, setupCode: string): Promise<Organisation[]> {
  const stranger = apiAt(address)
  const founded = await foundAll(stranger, address, setupCode)
  const members = await inviteAll(stranger, address, founded)
  const founders = founded.map(({ plan, founder }): Member => ({ plan, part: 'coordinator', account: founder }))
  // Officers are confirmed by now, so that this sign-in splits each account's keys among them.
  const people = await eachOf([...founders, ...members], AT_ONCE, async ({ plan, part, account }) => ({
    plan,
    part,
    person: await signIn(address, account),
  }))
  return plans.map(({ name, state }) => ({
    name,
    state,
    people: peopleOf(people.filter(({ plan }) => plan.state === state)),
  }))
}

/** How many accounts the recovery officers could restore, as the coordinators see it. */
export async function coverageOf(organisations: readonly Organisation[]) {
  const pages = await eachOf(organisations, AT_ONCE, ({ people }) =>
    people.coordinator.api('GET /v1/recovery/coverage', { status: 200, reply: Coverage }),
  )
  const [first] = pages
  const covered = pages.flatMap(({ members }) => members.filter(({ is_covered }) => is_covered)).length
  return { covered, threshold: first?.threshold ?? 0, officers: first?.officers ?? 0 }
}

const handleOf = ({ state }: Plan, part: Part) => `demo-${state.toLowerCase()}-${part}`

async function foundAll(stranger: Api, address: string, setupCode: string): Promise<Founded[]> {
  const [first, ...others] = plans
  const founder = await stranger('POST /v1/setup', {
    status: 201,
    reply: Welcome,
    body: {
      code: setupCode,
      organisation: { name: first.name, country: first.state },
      founder: { handle: handleOf(first, 'coordinator'), profile: { name: first.staff.coordinator } },
    },
  })
  const { api } = await signIn(address, founder)
  const joined = await eachOf(others, AT_ONCE, async (plan): Promise<Founded> => {
    const body = { profile: { name: plan.name, country: plan.state } }
    const { invitation } = await api('POST /v1/organisations', { status: 201, reply: NewOrganisation, body })
    const account = await accept(stranger, invitation, { plan, part: 'coordinator' })
    await confirm(api, account)
    return { plan, founder: account }
  })
  return [{ plan: first, founder }, ...joined]
}

async function inviteAll(stranger: Api, address: string, founded: readonly Founded[]): Promise<Member[]> {
  const wanted = await eachOf(founded, AT_ONCE, async ({ plan, founder }) => {
    const { api } = await signIn(address, founder)
    return Object.entries(invited).map(([name, membership]) => ({ plan, api, part: partOf(name), membership }))
  })
  return eachOf(wanted.flat(), AT_ONCE, async ({ plan, api, part, membership }): Promise<Member> => {
    const invitation = await api('POST /v1/invitations', { status: 201, reply: Invitation, body: membership })
    const account = await accept(stranger, invitation, { plan, part })
    await confirm(api, account)
    return { plan, part, account }
  })
}

/** Without a passphrase of one's own one is given one. */
function accept(stranger: Api, { code, anchor }: z.output<typeof Invitation>, who: Pick<Member, 'plan' | 'part'>) {
  const body = { code, anchor, handle: handleOf(who.plan, who.part), profile: { name: who.plan.staff[who.part] } }
  return stranger('POST /v1/invitations/accept', { status: 201, reply: Welcome, body })
}

const confirm = (by: Api, { user_id, fingerprint }: Account) =>
  by(`POST /v1/members/${user_id}/confirm`, { status: 200, reply: z.unknown(), version: 1, body: { fingerprint } })

async function signIn(address: string, { handle, passphrase }: Account): Promise<Person> {
  const body = { handle, passphrase }
  const { access_token, me } = await apiAt(address)('POST /v1/session', { status: 201, reply: Session, body })
  return { id: me.id, handle, passphrase, api: apiAt(address, access_token) }
}

function partOf(name: string): Part {
  const found = parts.find((part) => part === name)
  if (found === undefined) throw new Error(`nobody is invited as ${name}`)
  return found
}

function peopleOf(people: readonly { readonly part: Part; readonly person: Person }[]): Record<Part, Person> {
  const find = (wanted: Part) => {
    const found = people.find(({ part }) => part === wanted)
    if (found === undefined) throw new DemoStopped(`an organisation has no ${wanted}`)
    return found.person
  }
  return {
    coordinator: find('coordinator'),
    monitor: find('monitor'),
    lawyer: find('lawyer'),
    clinician: find('clinician'),
    administrator: find('administrator'),
  }
}
