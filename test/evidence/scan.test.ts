import { beforeAll, beforeEach, expect, test } from 'vitest'
import { openCase } from '../cases/support.ts'
import { startApp } from '../support/app.ts'
import { EICAR, type Mood, startClamd } from './clamd.ts'
import { hashOf, senderOf, someBytes } from './support.ts'

const clamd = await startClamd()
const app = await startApp({ clamd: { path: clamd.place } })
const lawyer = app.as('lawyer')
const sender = senderOf(app, lawyer)
let caseId: string
beforeAll(async () => {
  caseId = await openCase(lawyer)
})
beforeEach(() => {
  clamd.state.mood = 'well'
})

const stateOf = async (id: string): Promise<string> => (await lawyer.get(`/v1/evidence/${id}`)).body.scan
const infected = () => Buffer.concat([someBytes(5 * 1024 ** 2), Buffer.from(EICAR), someBytes(100)])

test('each file is looked through as a whole, and says what came of it', async () => {
  const clean = someBytes(9 * 1024 ** 2 + 5)
  const one = await sender.receive(caseId, clean)
  const other = await sender.receive(caseId, infected())

  expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['clean', 'found'])
  expect(clamd.seen).toContain(hashOf(clean))
})

test.each<Mood>(['crashes', 'full', 'speaks nonsense'])(
  'a scanner that %s loses no file: it says failed',
  async (mood) => {
    clamd.state.mood = mood
    const bytes = someBytes(9 * 1024 ** 2)
    const { id } = await sender.receive(caseId, bytes)

    expect(await stateOf(id)).toBe('failed')
    expect(hashOf((await sender.download(id)).rawPayload)).toBe(hashOf(bytes))
  },
)

test('a scanner that is away loses no file either', async () => {
  const without = await startApp({ clamd: { path: '/nowhere/clamd.ctl' } })
  const other = without.as('lawyer')
  const { id } = await senderOf(without, other).receive(await openCase(other), someBytes(9 * 1024 ** 2))

  expect((await other.get(`/v1/evidence/${id}`)).body.scan).toBe('failed')
})

test('a file in which something was found is given to whoever says why, and the chain of custody tells', async () => {
  const bytes = infected()
  const { id } = await sender.receive(caseId, bytes)

  const plain = await sender.download(id)
  const part = await sender.download(id, 'bytes=1-')
  const nonsense = await lawyer.get(`/v1/evidence/${id}/content?despite=curiosity`)
  const wanted = await sender.fetch(`/v1/evidence/${id}/content?despite=analysis`)

  for (const refused of [plain, part])
    expect([refused.statusCode, refused.json()]).toEqual([
      409,
      expect.objectContaining({ type: '/problems/something-found' }),
    ])
  expect(nonsense.status).toBe(400)
  expect(hashOf(wanted.rawPayload)).toBe(hashOf(bytes))
  const { items } = (await lawyer.get(`/v1/evidence/${id}/custody`)).body
  expect(items.map((link: { narrative: object }) => link.narrative)).toMatchObject([
    { kind: 'received' },
    { kind: 'viewed', despite: 'analysis' },
  ])
})
