import { expect, test } from 'vitest'
import { type As, startApp } from '../support/app.ts'
import { add, makeSafe, move, linkReport, openCase, takeOff } from '../cases/support.ts'

const app = await startApp()
const lead = app.as('intake')
const lawyer = app.as('lawyer')
const coordinator = app.as('coordinator')

type Facts = Record<string, unknown>

const word = (facts: Facts, recipient?: string) => ({
  facts: { purpose: 'publish_anonymously', value: 'given', method: 'oral', said_on: '2026-03-02', ...facts },
  identity: recipient === undefined ? {} : { recipient },
})

async function say([by, id]: [As, string], facts: Facts, recipient?: string): Promise<string> {
  const said = await by.post(`/v1/cases/${id}/consents`, word(facts, recipient))
  expect(said.status).toBe(201)
  return said.body.id
}

const effectsOf = async (id: string, consent: string) =>
  (await lead.get(`/v1/cases/${id}/consents/${consent}/effects`)).body

test('a withdrawal holds at once, hides nothing of what was said before, and lists what it stops', async () => {
  const id = await openCase(lead)
  const given = await say([lead, id], {})
  const before = await effectsOf(id, given)

  const withdrawn = await say([lead, id], { value: 'withdrawn' })

  expect(before).toMatchObject({ may: true, why: [], blocks: [], is_current: true })
  expect(await effectsOf(id, withdrawn)).toMatchObject({
    may: false,
    why: ['withdrawn'],
    blocks: [{ code: 'publishing', records: [] }],
  })
  expect(await effectsOf(id, given)).toMatchObject({ may: false, is_current: false })
  const { current, history } = (await lead.get(`/v1/cases/${id}/consents`)).body
  expect(history.map(({ facts }: { facts: Facts }) => facts['value'])).toEqual(['given', 'withdrawn'])
  expect(current).toHaveLength(1)
})

test('what was allowed to one provider was not allowed to another', async () => {
  const id = await openCase(lead)
  const clinic = await say([lead, id], { purpose: 'share_with_provider' }, 'clinic')
  const shelter = await say([lead, id], { purpose: 'share_with_provider', value: 'refused' }, 'shelter')

  expect(await effectsOf(id, clinic)).toMatchObject({ may: true })
  expect(await effectsOf(id, shelter)).toMatchObject({ may: false, why: ['refused'] })
})

test('a consent that names nobody where somebody must be named, or ends before it began, is not a request', async () => {
  const id = await openCase(lead)
  for (const body of [
    word({ purpose: 'share_with_provider' }),
    word({ purpose: 'store' }, 'clinic'),
    word({ expires_on: '2026-03-01' }),
    word({ purpose: 'sell' }),
  ])
    expect((await lead.post(`/v1/cases/${id}/consents`, body)).status).toBe(400)
})

test('a consent that ran out, or of one of two victims alone, allows nothing for both', async () => {
  const id = await openCase(lead)
  const old = await say([lead, id], { expires_on: '2026-03-02' })
  expect(await effectsOf(id, old)).toMatchObject({ may: false, why: ['expired'] })

  const other = await say([lead, id], { purpose: 'store', subject: 'v2', value: 'refused' })
  const mine = await say([lead, id], { purpose: 'photo_or_audio', subject: 'v1' })

  expect(await effectsOf(id, other)).toMatchObject({ may: false, why: ['storing_not_allowed'] })
  expect(await effectsOf(id, mine)).toMatchObject({ may: true })
})

test('without consent to store, a case does not enter documentation, and no more once it is withdrawn', async () => {
  const id = await openCase(lead)
  await add(lead, id, { user_id: lawyer.id, part: 'member' })
  await linkReport(lead, id)
  await makeSafe(lead, id)
  await say([lead, id], { purpose: 'store', value: 'withdrawn' })

  const refused = await move(lead, id, { to: 'documentation' })

  expect([refused.status, refused.body.missing]).toEqual([409, ['consent_to_store']])
})

test('whoever is not on the team, or no longer, cannot tell that there are consents', async () => {
  const id = await openCase(lead)
  await add(lead, id, { user_id: lawyer.id, part: 'member' })
  const consent = await say([lawyer, id], {})
  await takeOff(lead, id, lawyer.id)

  for (const who of [lawyer, coordinator, app.as('lawyer', 'away')]) {
    expect((await who.get(`/v1/cases/${id}/consents`)).status).toBe(404)
    expect((await who.get(`/v1/cases/${id}/consents/${consent}/effects`)).status).toBe(404)
    expect((await who.post(`/v1/cases/${id}/consents`, word({}))).status).toBe(404)
  }
})

test('a consent of another case is not found under this one', async () => {
  const [one, other] = [await openCase(lead), await openCase(lead)]
  const consent = await say([lead, one], {})

  expect((await lead.get(`/v1/cases/${other}/consents/${consent}/effects`)).status).toBe(404)
})

test('forty words at once each find their place', async () => {
  const id = await openCase(lead)

  await Promise.all(Array.from({ length: 40 }, (_, at) => say([lead, id], { value: at % 2 ? 'given' : 'withdrawn' })))

  const { history } = (await lead.get(`/v1/cases/${id}/consents`)).body
  expect(history.map(({ position }: { position: number }) => position)).toEqual(
    Array.from({ length: 40 }, (_, at) => at + 1),
  )
})

test('a withdrawal is taken down on a declined case too, where nothing else is', async () => {
  const id = await openCase(lead)
  await say([lead, id], {})
  expect((await move(lead, id, { to: 'declined', reason_code: 'no_capacity' })).status).toBe(200)

  const yes = await lead.post(`/v1/cases/${id}/consents`, word({ purpose: 'contact_again' }))
  const withdrawn = await say([lead, id], { value: 'withdrawn' })

  expect([yes.status, yes.body.type]).toEqual([409, '/problems/case-at-rest'])
  expect(await effectsOf(id, withdrawn)).toMatchObject({ may: false, why: ['withdrawn'] })
})
