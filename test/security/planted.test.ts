import { beforeEach, describe, expect, test } from 'vitest'
import { newSigningKey } from '../../src/platform/crypto/signing.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'
import { withClient } from './support/dump.ts'
import { plantReport } from './support/planting.ts'
import { type App, expectStatus, removeFromOrganisation, report, submit } from './support/scenario.ts'
import { asUser, signingKeyOf } from './support/tampering.ts'

// Anybody can seal to a public key. Whoever can write to the database writes reports and questions of their own.
let app: App
let intake: As
let monitor: As
beforeEach(async () => {
  app = await startApp()
  intake = app.as('intake')
  monitor = app.as('monitor')
})

const read = async (id: string, by = intake) => (await by.get(`/v1/incidents/${id}`)).body
const grade = { grade: 'verified', standard: 'two_independent_sources' }
const contents = { ...report, facts: { ...report.facts, verification: { grade: 'alleged' } } }

describe('a report carries its author’s signature', () => {
  test('and the intake sees that it holds, also when the author is no member any more', async () => {
    const id = await submit(monitor)

    expect(await read(id)).toMatchObject({ author_signature: 'valid', signed_by: monitor.id })
    await removeFromOrganisation(app.as('coordinator'), monitor)
    expect(await read(id)).toMatchObject({ author_signature: 'valid', signed_by: monitor.id })
  })

  test('and whoever grades it since signs it in turn', async () => {
    const id = await submit(monitor)
    await expectStatus(200, intake.post(`/v1/incidents/${id}/verification`, grade, ifMatch(1)))

    expect(await read(id)).toMatchObject({ author_signature: 'valid', signed_by: intake.id })
    expect(await read(id, monitor)).toMatchObject({ author_signature: 'valid', signed_by: null, facts: null })
  })
})

describe('a report that was written into the database opens, and shows that nobody signed it', () => {
  const forgeries = {
    'without a signature': () => Promise.resolve({}),
    'signed by a key of the attacker’s': () => Promise.resolve({ signed: { key: newSigningKey(), by: monitor.id } }),
    'signed by another member in the monitor’s name': async () => ({
      signed: { key: await signingKeyOf(app, 'clinician'), by: app.as('clinician').id },
    }),
    'signed by a member of another organisation': async () => ({
      signed: { key: await signingKeyOf(app, 'monitor', 'away'), by: app.as('monitor', 'away').id },
    }),
  }
  test.each(Object.entries(forgeries))('%s', async (_how, forge) => {
    const id = await plantReport(app, { contents, as: monitor.id, ...(await forge()) })

    const found = await read(id)
    expect(found).toMatchObject({ author_signature: 'missing', narrative: report.narrative })
  })

  test('while the author’s own key, and nothing else, would have signed it', async () => {
    const signed = { key: await signingKeyOf(app, 'monitor'), by: monitor.id }
    const id = await plantReport(app, { contents, as: monitor.id, signed })

    expect(await read(id)).toMatchObject({ author_signature: 'valid' })
  })

  test('and a lawyer who grades it gives it no signature', async () => {
    const id = await plantReport(app, { contents, as: monitor.id })
    await expectStatus(200, intake.post(`/v1/incidents/${id}/verification`, grade, ifMatch(1)))

    expect(await read(id)).toMatchObject({ author_signature: 'missing', signed_by: null })
  })
})

test('a true report in another’s name shows that its author did not sign it', async () => {
  const id = await submit(monitor)
  const other = asUser(app.as('clinician').id)
  await withClient(app.place, (pg) => pg.query('update incidents set submitted_by = $1 where id = $2', [other, id]))

  expect(await read(id)).toMatchObject({ author_signature: 'missing' })
})

describe('what the intake asks and the author adds is signed too', () => {
  async function converse() {
    const id = await submit(monitor)
    await expectStatus(
      200,
      intake.post(`/v1/incidents/${id}/triage`, { decision: 'return', question: 'Invented: who saw it?' }, ifMatch(1)),
    )
    const supplement = { narrative: { account: 'Invented: a neighbour.' } }
    await expectStatus(201, monitor.post(`/v1/incidents/${id}/supplements`, supplement))
    return id
  }
  const signatures = (found: Record<'notices' | 'supplements', { author_signature: string }[]>) =>
    [...found.notices, ...found.supplements].map(({ author_signature }) => author_signature)

  test('and both sides see that it holds', async () => {
    const id = await converse()

    expect(signatures(await read(id))).toEqual(['valid', 'valid'])
    expect(signatures(await read(id, monitor))).toEqual(['valid', 'valid'])
  })

  test.each([
    [
      'in another’s name',
      `update incident_notices set sent_by = $1`,
      `update incident_supplements set submitted_by = $1`,
    ],
    [
      'without a signature',
      'update incident_notices set signature = null where $1::uuid is not null',
      'update incident_supplements set signature = null where $1::uuid is not null',
    ],
  ])('but not %s', async (_how, ...changes) => {
    const id = await converse()
    for (const change of changes) await withClient(app.place, (pg) => pg.query(change, [app.as('lawyer').id]))

    expect(signatures(await read(id, monitor))).toEqual(['missing', 'missing'])
  })

  test('nor at another report', async () => {
    const [id, other] = [await converse(), await submit(monitor)]
    for (const table of ['incident_notices', 'incident_supplements'])
      await withClient(app.place, (pg) => pg.query(`update ${table} set incident_id = $1`, [other]))

    expect(signatures(await read(id))).toEqual([])
    expect(signatures(await read(other, monitor))).toEqual(['missing', 'missing'])
  })
})
