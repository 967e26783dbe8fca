import { beforeAll, describe, expect, test } from 'vitest'
import { type Mover, wayOf } from '../../src/referrals/ways.ts'
import { ReferralState } from '../../src/referrals/schema.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { type Handing, handing } from './handing.ts'
import { look, newProvider, refer, say, steps } from './support.ts'

const app = await startApp()
const states = ReferralState.options
type State = (typeof states)[number]

const sharedFrom = states.slice(2)

/** Everybody who could try, with the status that answers where the model has a way, by whose step it is. */
const people: { who: As; name: string; inside: Record<Mover, number>; outside: number }[] = [
  { name: 'a monitor', who: app.as('monitor'), inside: { team: 403, recipient: 403, either: 403 }, outside: 403 },
  {
    name: 'an administrator',
    who: app.as('administrator'),
    inside: { team: 403, recipient: 403, either: 403 },
    outside: 403,
  },
  {
    name: 'a coordinator beside the team',
    who: app.as('coordinator'),
    inside: { team: 403, recipient: 403, either: 403 },
    outside: 403,
  },
  {
    name: 'a lawyer beside the team',
    who: app.as('intake'),
    inside: { team: 404, recipient: 404, either: 404 },
    outside: 404,
  },
  {
    name: 'a lawyer of the recipient',
    who: app.as('lawyer', 'away'),
    inside: { team: 404, recipient: 404, either: 404 },
    outside: 404,
  },
  {
    name: 'a coordinator of the recipient',
    who: app.as('coordinator', 'away'),
    inside: { team: 403, recipient: 403, either: 403 },
    outside: 404,
  },
  {
    name: 'the intake of the recipient',
    who: app.as('intake', 'away'),
    inside: { team: 404, recipient: 200, either: 200 },
    outside: 404,
  },
  {
    name: 'a clinician of the team',
    who: app.as('clinician'),
    inside: { team: 200, recipient: 403, either: 200 },
    outside: 200,
  },
  {
    name: 'a lawyer of the team',
    who: app.as('lawyer'),
    inside: { team: 200, recipient: 403, either: 200 },
    outside: 200,
  },
]

let hands: Handing
let referrals: Record<'inside' | 'outside', string>
beforeAll(async () => {
  hands = await handing(app)
  const lawyer = app.as('lawyer')
  const provider = await newProvider(lawyer)
  await say(lawyer, hands.caseId, { recipient: provider })
  const outside = await refer(lawyer, hands.caseId, { provider_id: provider })
  await steps(lawyer, outside, 'awaiting_consent', 'proposed')
  referrals = { outside, inside: await hands.handed() }
})

/** Puts a referral into a state as if it had come there, so that each pair is tried from the same ground. */
async function put(kind: 'inside' | 'outside', state: State): Promise<number> {
  const { id } = await look(app.as('lawyer'), referrals[kind])
  const row = await app.database
    .updateTable('referrals')
    .set({ state, ended_by: null, ended_on: null })
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await app.database
    .deleteFrom('referral_packages')
    .where('referral_id', '=', id)
    .where(({ val }) => val(state === 'awaiting_consent'))
    .execute()
  return row.version
}

async function tryStep(who: As, kind: 'inside' | 'outside', [from, to]: [State, State]): Promise<number> {
  const version = await put(kind, from)
  const said = to === 'declined' ? { said: { reason_code: 'duplicate' } } : {}
  const preview = to === 'proposed' ? (await app.as('lawyer').get(`/v1/referrals/${referrals[kind]}/preview`)).body : {}
  const move = { to, ...said, ...(to === 'proposed' && { package_sha256: preview.sha256 }) }
  return (await who.post(`/v1/referrals/${referrals[kind]}/transitions`, move, ifMatch(version))).status
}

type Person = (typeof people)[number]

const isHidden = ({ name }: Person, kind: 'inside' | 'outside', from: State) =>
  kind === 'inside' && name.includes('recipient') && !sharedFrom.includes(from)

/** What answers: hidden before it is shared; that there is no way is told to those alone who could have taken one. */
function answerTo(person: Person, kind: 'inside' | 'outside', [from, to]: [State, State]): number {
  if (isHidden(person, kind, from)) return 404
  const way = wayOf(from, to)
  const taken = kind === 'outside' ? person.outside : person.inside[way?.by ?? 'either']
  return way === undefined && taken === 200 ? 409 : taken
}

const pairs = states.flatMap((from) => states.map((to): [State, State] => [from, to]))

describe.each(people)('$name', (person) => {
  test.each(['outside', 'inside'] as const)(
    'takes from each state the steps that are theirs, and no other: %s',
    async (kind) => {
      const answers: string[] = []
      for (const pair of pairs) answers.push(`${pair.join(' to ')}: ${String(await tryStep(person.who, kind, pair))}`)

      expect(answers).toEqual(pairs.map((pair) => `${pair.join(' to ')}: ${String(answerTo(person, kind, pair))}`))
    },
    300_000,
  )
})
