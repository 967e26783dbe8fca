import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { restoreErasures } from '../../src/erasure/service.ts'
import { openCase } from '../cases/support.ts'
import { takeBackup } from '../security/support/backup.ts'
import { takeDump } from '../security/support/dump.ts'
import { type As, startApp } from '../support/app.ts'
import { type App, erase } from './support.ts'

let app: App
let lawyer: As
let coordinator: As
beforeAll(async () => {
  app = await startApp()
  // As a later module might join two records of one person.
  await sql`alter table persons add column joined_to uuid references persons`.execute(app.database)
  lawyer = app.as('lawyer')
  coordinator = app.as('coordinator')
})

async function personIn(caseId: string, name: string): Promise<string> {
  const identity = { names: [{ text: name }] }
  const person = await lawyer.post('/v1/persons', { case_id: caseId, role: { roles: ['victim'] }, identity })
  expect([person.status, person.text]).toEqual([201, person.text])
  return person.body.id
}

const keysOf = async (id: string) =>
  ((await takeDump(app.place)).rows.get('record_keys') ?? []).filter((row) => row['record_id'] === id)

test('who a person is is forgotten by everybody, while the case keeps its link to an erased person', async () => {
  const id = await openCase(lawyer)
  const [gone, stays] = [await personIn(id, 'Мисол Якумов'), await personIn(id, 'Somebody Else Entirely')]
  const relation = { from_person_id: gone, to_person_id: stays, facts: { kind: 'sibling' } }
  expect((await lawyer.post(`/v1/cases/${id}/relations`, relation)).status).toBe(201)
  const before = (await lawyer.get(`/v1/persons/${gone}`)).body

  const erasure = await erase(app, `/v1/persons/${gone}`, [lawyer, coordinator])

  const read = await lawyer.get(`/v1/persons/${gone}`)
  const { items } = (await lawyer.get(`/v1/cases/${id}/persons`)).body
  const link = items.find((item: { person_id: string }) => item.person_id === gone)
  const search = await lawyer.post('/v1/persons/matches', { who: { names: [{ text: 'Мисол Якумов' }] } })
  expect([before.identity.names[0].text, before.erased_on]).toEqual(['Мисол Якумов', null])
  expect(read.body).toMatchObject({ identity: null, facts: null, erased_on: read.body.erased_on })
  expect(read.body.erased_on).toMatch(/^\d{4}-/)
  expect([link.role, link.person.identity]).toEqual([{ roles: ['victim'] }, null])
  expect((await lawyer.get(`/v1/cases/${id}/relations`)).body.items).toHaveLength(1)
  expect(search.body.items).toEqual([])
  expect(await keysOf(gone)).toEqual([])
  expect((await coordinator.get(`/v1/erasures/${erasure}`)).body).toMatchObject({
    kind: 'person',
    status: 'done',
    keys_destroyed: 1,
    rows: [{ table: 'persons', rows: 1 }],
  })
  const { version } = read.body
  const change = await lawyer.patch(
    `/v1/persons/${gone}`,
    { identity: { names: [{ text: 'Again' }] } },
    { 'if-match': `"${version}"` },
  )
  expect(change.status).toBe(404)
})

test('a person who is in another case too is not erased over the heads of its team', async () => {
  const [one, other] = [await openCase(lawyer), await openCase(lawyer)]
  const person = await personIn(one, 'Invented Both Cases')
  await lawyer.post(`/v1/cases/${other}/persons`, { person_id: person, role: { roles: ['witness'] } })

  const refused = await lawyer.post(`/v1/persons/${person}/erasures`, { ground: 'wish_of_person' })

  expect([refused.status, refused.body.type.split('/').at(-1)]).toEqual([409, 'in-other-cases'])
  await lawyer.delete(`/v1/cases/${other}/persons/${person}`)
  await erase(app, `/v1/persons/${person}`, [lawyer, coordinator])
})

test('whoever is not on the team cannot propose it: there is no such person', async () => {
  const person = await personIn(await openCase(lawyer), 'Invented Unreachable')

  for (const by of [coordinator, app.as('intake'), app.as('administrator'), app.as('lawyer', 'away')])
    expect((await by.post(`/v1/persons/${person}/erasures`, { ground: 'danger' })).status).toBe(404)
})

test('a person who comes back with an older database is forgotten again', async () => {
  const person = await personIn(await openCase(lawyer), 'Invented Come Back')
  const backup = await takeBackup(app.place)
  await erase(app, `/v1/persons/${person}`, [lawyer, coordinator])

  await backup.restore()
  const back = (await lawyer.get(`/v1/persons/${person}`)).body.identity.names[0].text
  const replayed = await restoreErasures(app.services, app.parts.erasure)

  expect([back, replayed]).toEqual(['Invented Come Back', 1])
  expect((await lawyer.get(`/v1/persons/${person}`)).body.identity).toBeNull()
})

test('a record that was joined to the person is forgotten with it, whatever column joins them', async () => {
  const id = await openCase(lawyer)
  const [kept, joined] = [await personIn(id, 'Invented Kept Record'), await personIn(id, 'Quite Another Spelling')]
  await sql`update persons set joined_to = ${kept} where id = ${joined}`.execute(app.database)

  await erase(app, `/v1/persons/${kept}`, [lawyer, coordinator])

  const both = [await lawyer.get(`/v1/persons/${kept}`), await lawyer.get(`/v1/persons/${joined}`)]
  expect(both.map(({ body }) => [body.identity, typeof body.erased_on])).toEqual([
    [null, 'string'],
    [null, 'string'],
  ])
  expect([...(await keysOf(kept)), ...(await keysOf(joined))]).toEqual([])
})
