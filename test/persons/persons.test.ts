import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, openCase } from '../cases/support.ts'
import { type As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

const app = await startApp()
const lawyer = app.as('lawyer')
const clinician = app.as('clinician')
const coordinator = app.as('coordinator')

let first: string
let second: string
beforeAll(async () => {
  first = await openCase(lawyer)
  second = await openCase(lawyer)
  await add(lawyer, second, { user_id: clinician.id, part: 'member' })
})

const person = (text: string, more: object = {}) => ({
  case_id: first,
  role: { roles: ['victim'], note: 'Invented.' },
  identity: { names: [{ text }], contacts: [{ kind: 'phone', text: '+000', is_safe: false }] },
  facts: { sex: 'female' },
  ...more,
})

async function entered(text: string, more: object = {}): Promise<string> {
  const { status, body, text: said } = await lawyer.post('/v1/persons', person(text, more))
  if (status !== 201) throw new Error(said)
  return body.id
}

const search = async (by: As, text: string): Promise<string[]> => {
  const { body } = await by.post('/v1/persons/matches', { who: { names: [{ text }] } })
  return body.items.map((item: { person: { id: string } }) => item.person.id)
}
const seen = async (by: As, id: string) => (await by.get(`/v1/persons/${id}`)).status

describe('a person', () => {
  test('exists for the teams of its cases and for nobody else', async () => {
    const id = await entered('Alpha Invented')

    expect((await lawyer.get(`/v1/persons/${id}`)).body).toMatchObject({
      version: 1,
      identity: { names: [{ text: 'Alpha Invented' }] },
      facts: { sort: 'person', sex: 'female' },
    })
    expect([await seen(clinician, id), await seen(coordinator, id), await seen(app.as('intake'), id)]).toEqual([
      404, 404, 404,
    ])
    expect(await seen(app.as('lawyer', 'away'), id)).toBe(404)
    expect(await seen(app.as('monitor'), id)).toBe(403)
  })

  test('is read by the team of a second case once it is put there, and no more once it is taken out', async () => {
    const id = await entered('Beta Fictive')
    const link = { person_id: id, role: { roles: ['witness'] } }

    expect((await lawyer.post(`/v1/cases/${second}/persons`, link)).status).toBe(201)
    expect((await clinician.get(`/v1/persons/${id}`)).body.identity.names).toEqual([{ text: 'Beta Fictive' }])
    expect((await lawyer.post(`/v1/cases/${second}/persons`, link)).body.type).toBe('/problems/already-in-case')

    const other = await entered('Companion Sameroom', { case_id: second })
    const tie = { from_person_id: id, to_person_id: other, facts: { kind: 'co_detainee' } }
    const { body: tied } = await lawyer.post(`/v1/cases/${second}/relations`, tie)
    expect((await lawyer.delete(`/v1/cases/${second}/persons/${id}`)).status).toBe(204)
    expect((await lawyer.get(`/v1/cases/${second}/relations`)).body.items).toEqual([])
    const keys = app.services.database.selectFrom('record_keys').select('record_id').where('record_id', '=', tied.id)
    expect(await keys.execute()).toEqual([])
    expect(await seen(clinician, id)).toBe(404)
    expect((await lawyer.get(`/v1/persons/${id}`)).body.identity.names).toEqual([{ text: 'Beta Fictive' }])
    expect((await lawyer.delete(`/v1/cases/${first}/persons/${id}`)).body.type).toBe('/problems/last-case')
  })

  test('is in a case as something', async () => {
    const id = await entered('Gamma Imagined', { case_id: second })

    const { body } = await clinician.get(`/v1/cases/${second}/persons`)

    expect(body.items.filter((item: { person_id: string }) => item.person_id === id)).toMatchObject([
      { person_id: id, role: { roles: ['victim'] }, person: { identity: { names: [{ text: 'Gamma Imagined' }] } } },
    ])
    expect((await coordinator.get(`/v1/cases/${second}/persons`)).status).toBe(404)
  })

  test('is changed under its version, for the readers of all its cases', async () => {
    const id = await entered('Delta Supposed')
    await lawyer.post(`/v1/cases/${second}/persons`, { person_id: id, role: { roles: ['family'] } })
    const identity = { names: [{ text: 'Delta Supposed' }, { text: 'Epsilon Supposed', kind: 'former' }] }

    const changed = await clinician.patch(`/v1/persons/${id}`, { identity }, ifMatch(1))

    expect(changed.body).toMatchObject({ version: 2, identity, facts: { sex: 'female' } })
    expect((await lawyer.get(`/v1/persons/${id}`)).body.identity).toEqual(identity)
    expect((await lawyer.patch(`/v1/persons/${id}`, { identity }, ifMatch(1))).status).toBe(412)
    expect((await lawyer.patch(`/v1/persons/${id}`, { identity })).status).toBe(428)
  })

  test('is a group when it has a count', async () => {
    const refused = await lawyer.post('/v1/persons', person('Zeta Group', { facts: { count: 3 } }))
    const taken = await lawyer.post('/v1/persons', person('Zeta Group', { facts: { sort: 'group', count: 3 } }))

    expect([refused.status, taken.status]).toEqual([400, 201])
  })

  test('comes in pages', async () => {
    for (const text of ['Uno Paginated', 'Zwei Foliated', 'Trois Numbered']) await entered(text)

    const one = await lawyer.get('/v1/persons?limit=2')
    const two = await lawyer.get(`/v1/persons?limit=2&after=${String(one.body.next)}`)

    const ids = [...one.body.items, ...two.body.items].map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(4)
  })
})

describe('a name', () => {
  test('is found in another script, but only among the persons that the searcher can open', async () => {
    const id = await entered('Нигина Бахриева')

    expect(await search(lawyer, 'Baxriyeva Nigina')).toContain(id)
    expect(await search(lawyer, 'نگینه بحریوا')).toContain(id)
    expect(await search(clinician, 'Baxriyeva Nigina')).not.toContain(id)
    expect((await app.as('monitor').post('/v1/persons/matches', { who: { names: [{ text: 'A B' }] } })).status).toBe(
      403,
    )
  })

  test('like one that is known is entered only after a look', async () => {
    const id = await entered('Рустам Выдуманный')

    const refused = await lawyer.post('/v1/persons', person('Rustam Vydumannyy'))
    const taken = await lawyer.post('/v1/persons', person('Rustam Vydumannyy', { not_the_same_as: [id] }))

    expect([refused.status, refused.body.type, refused.body.person_ids]).toEqual([409, '/problems/likely-known', [id]])
    expect(taken.status).toBe(201)
  })
})

describe('a relation', () => {
  test('ties two persons of one case, and can be taken back', async () => {
    const [from_person_id, to_person_id] = [await entered('Mother Kindred'), await entered('Nephew Offspring')]
    const body = { from_person_id, to_person_id, facts: { kind: 'parent', note: 'Invented.' } }

    const { body: made } = await lawyer.post(`/v1/cases/${first}/relations`, body)

    expect((await lawyer.get(`/v1/cases/${first}/relations`)).body.items).toMatchObject([body])
    expect((await clinician.get(`/v1/cases/${first}/relations`)).status).toBe(404)
    expect((await lawyer.post(`/v1/cases/${second}/relations`, body)).status).toBe(404)
    expect((await lawyer.delete(`/v1/cases/${second}/relations/${String(made.id)}`)).status).toBe(404)
    expect((await lawyer.delete(`/v1/cases/${first}/relations/${String(made.id)}`)).status).toBe(204)
    expect((await lawyer.get(`/v1/cases/${first}/relations`)).body.items).toEqual([])
  })

  test('is not with oneself', async () => {
    const id = await entered('Solo Alone')
    const body = { from_person_id: id, to_person_id: id, facts: { kind: 'sibling' } }

    expect((await lawyer.post(`/v1/cases/${first}/relations`, body)).status).toBe(400)
  })
})

test('no body breaks a request', async () => {
  const key = fc.constantFrom(
    'case_id',
    'role',
    'identity',
    'facts',
    'names',
    'text',
    'who',
    'born',
    'person_id',
    '__proto__',
  )
  const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.jsonValue({ maxDepth: 2 }))
  const raw = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })
  const anything = fc.oneof(
    fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value, { maxKeys: 3 })), { maxKeys: 5 }),
    raw.map((text) => person(text)),
    raw.map((text) => ({ who: { names: [{ text }] } })),
  )
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      const answers = await Promise.all([
        lawyer.post('/v1/persons', body),
        lawyer.post('/v1/persons/matches', body),
        lawyer.post(`/v1/cases/${first}/persons`, body),
        lawyer.post(`/v1/cases/${first}/relations`, body),
        lawyer.patch(`/v1/persons/${first}`, body, ifMatch(1)),
      ])
      expect(Math.max(...answers.map(({ status }) => status))).toBeLessThan(500)
    }),
    { numRuns: 60 },
  )
})
