import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { waysFrom } from '../../src/referrals/ways.ts'
import { ReferralState } from '../../src/referrals/schema.ts'
import { itemsOf, readWhole } from '../audit/export.ts'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { randomFrom } from '../support/random.ts'
import { look, newProvider, refer, say } from './support.ts'

const CASES = 20
const REFERRALS_EACH = 25
const DEEDS_EACH = 170

const app = await startApp()
const lawyer = app.as('lawyer')
const intake = app.as('intake', 'away')
const values = ['given', 'given', 'given', 'given', 'withdrawn', 'refused']

let recipients: { to: object; recipient: string; purpose: string }[]
beforeAll(async () => {
  const providers = [await newProvider(lawyer), await newProvider(lawyer)]
  const there = intake.organisationId
  recipients = [
    ...providers.map((id) => ({ to: { provider_id: id }, recipient: id, purpose: 'share_with_provider' })),
    { to: { organisation_id: there }, recipient: there, purpose: 'share_in_coalition' },
  ]
})

type Chance = { readonly random: () => number; readonly pick: <T>(list: readonly T[]) => T }

function chanceOf(seed: number): Chance {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)]
    if (found === undefined) throw new Error('there is nothing to pick from')
    return found
  }
  return { random, pick }
}

/** One case lived at random: words for and against, steps that the model has and steps that it has not, and ends. */
async function live(seed: number): Promise<string> {
  const chance = chanceOf(seed)
  const caseId = await openCase(lawyer)
  await add(lawyer, caseId, { user_id: app.as('clinician').id, part: 'member' })
  for (const { recipient, purpose } of recipients) await say(lawyer, caseId, { purpose, recipient })
  const more = () => refer(lawyer, caseId, chance.pick(recipients).to)
  const referrals = [await more()]
  for (let deed = 0; deed < DEEDS_EACH; deed += 1) {
    const luck = chance.random()
    if (luck < 0.3 && referrals.length < REFERRALS_EACH) referrals.push(await more())
    else if (luck > 0.9) await speak(caseId, chance)
    else await nudge(chance.pick(referrals), chance)
  }
  while (referrals.length < REFERRALS_EACH) referrals.push(await more())
  return caseId
}

async function speak(caseId: string, { random, pick }: Chance): Promise<void> {
  const { recipient, purpose } = pick(recipients)
  const about = random() < 0.15 ? { purpose: 'store' } : { purpose, recipient }
  const expiry = random() < 0.15 ? { expires_on: '2026-03-02' } : {}
  await say(lawyer, caseId, { ...about, ...expiry, value: pick(values) })
}

async function nudge(referral: string, { random, pick }: Chance): Promise<void> {
  const { version, state, kind } = await look(lawyer, referral)
  const who: As = kind === 'inside' && random() < 0.6 ? intake : lawyer
  const known = waysFrom(state).map(({ to }) => to)
  const to = random() < 0.85 && known.length > 0 ? pick(known) : pick(ReferralState.options)
  const { status } =
    random() < 0.04
      ? await who.post(`/v1/referrals/${referral}/end`, {}, ifMatch(version))
      : await who.post(`/v1/referrals/${referral}/transitions`, await moveTo(to, referral, kind), ifMatch(version))
  expect([200, 403, 404, 409]).toContain(status)
}

async function moveTo(to: string, referral: string, kind: string): Promise<object> {
  if (to === 'declined') return { to, said: { reason_code: 'no_funds' } }
  if (to !== 'proposed' || kind === 'outside') return { to }
  return { to, package_sha256: (await lawyer.get(`/v1/referrals/${referral}/preview`)).body.sha256 }
}

async function readCase(id: string) {
  const consents = (await lawyer.get(`/v1/cases/${id}/consents`)).body.history
  const referrals = (await lawyer.get(`/v1/cases/${id}/referrals?limit=200`)).body.items
  return { id, consents, referrals }
}

const script = path.resolve(import.meta.dirname, '../../scripts/verify-referrals.ts')

/** What the second program says of an export. */
async function verified(trail: readonly unknown[], cases: readonly unknown[]): Promise<string[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-referrals-'))
  try {
    const files = [path.join(folder, 'trail.jsonl'), path.join(folder, 'cases.json')]
    await writeFile(files[0] ?? '', trail.map((item) => `${JSON.stringify(item)}\n`).join(''))
    await writeFile(files[1] ?? '', JSON.stringify(cases))
    return await new Promise((resolve) => {
      execFile(process.execPath, ['--import', 'tsx', script, ...files], (_error, stdout, stderr) =>
        resolve((stdout || stderr).trim().split('\n')),
      )
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('of 500 referrals lived at random none was shared without a consent that held, says a second program', async () => {
  const ids: string[] = []
  const seeds = Array.from({ length: CASES }, (_, at) => 2_026 + at)
  const worker = async () => {
    for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) ids.push(await live(seed))
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  const cases = await Promise.all(ids.map(readCase))
  const readers = [app.as('coordinator'), app.as('coordinator', 'away')]
  const trails = await Promise.all(readers.map(async (reader) => itemsOf(await readWhole(reader, 200))))
  const trail = trails.flat()

  const [verdict = '', ...faults] = await verified(trail, cases)

  expect(faults).toEqual([])
  expect(verdict).toMatch(/^500 referrals, \d{3,} steps that share, \d{2,} stopped by a consent, 0 faults$/)
  process.stdout.write(`${verdict}\n`)

  // It would see it: with the yes words gone, or with the withdrawals left out of the trail, there are faults.
  const mute = cases.map((one) => ({ ...one, consents: one.consents.map(withdrawn) }))
  expect((await verified(trail, mute)).length).toBeGreaterThan(50)
  const unknown = trail.filter(({ event }) => event?.action !== 'referral.move')
  expect((await verified(unknown, cases)).length).toBeGreaterThan(50)
}, 900_000)

const withdrawn = (word: { facts: object }) => ({ ...word, facts: { ...word.facts, value: 'withdrawn' } })
