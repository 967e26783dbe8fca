import { z } from 'zod'
import { workOnCase } from '../../src/cases/service.ts'
import { createAuthenticator } from '../../src/identity/authenticate.ts'
import { PersonFacts, PersonIdentity, PersonMarks, PersonRole } from '../../src/persons/schema.ts'
import { Secret } from '../../src/platform/crypto/secret.ts'
import { type Id, idOf, newId } from '../../src/platform/kernel/ids.ts'
import { type Act, begin, type Services } from '../../src/platform/operation/op.ts'
import { insertingWraps, recordKeyMaker } from '../../src/platform/operation/record-keys.ts'
import { column, sealing } from '../../src/platform/operation/sealing.ts'
import { type Account, call, signIn } from './coalition.ts'

/* Many persons in many cases, as they lie when they were entered one by one, but a case at a time and not by HTTP. */

const AT_ONCE = 4
const TOKEN_LIVES_MS = 120_000
const CASE = { identity: { title: 'Invented' }, narrative: { summary: 'Invented' }, legal: {}, facts: {} }

const person = sealing('persons', {
  identity: column('identity', PersonIdentity),
  facts: column('facts', PersonFacts),
  marks: column('facts', PersonMarks),
})
const link = sealing('case_persons', { facts: column('facts', PersonRole) })

type Seeding = { readonly origin: string; readonly services: Services; readonly reader: Account }

/** One case for each list of names, all of them with this reader on the team. */
export async function seedCases({ origin, services, reader }: Seeding, lists: readonly (readonly string[])[]) {
  const tokens = renewed(() => signIn(origin, reader))
  const waiting = [...lists]
  const work = async (): Promise<void> => {
    for (let names = waiting.pop(); names !== undefined; names = waiting.pop()) {
      const token = await tokens()
      const { id } = z.object({ id: idOf('cases') }).parse(await call(`${origin}/v1/cases`, { token, body: CASE }))
      await enter(services, token, { id, names })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** A token, made anew before the last one ends; signing in is slow on purpose. */
function renewed(make: () => Promise<string>): () => Promise<string> {
  let [token, until] = [Promise.resolve(''), 0]
  return () => {
    if (Date.now() > until) [token, until] = [make(), Date.now() + TOKEN_LIVES_MS]
    return token
  }
}

type Entering = { readonly id: Id<'cases'>; readonly names: readonly string[] }

async function enter(services: Services, token: string, { id, names }: Entering): Promise<void> {
  const Claims = z.object({ sub: idOf('users'), sid: idOf('sessions'), share: z.string() })
  const claims = Claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
  const caller = await createAuthenticator(services, 'optional')(claims)
  if (caller === undefined) throw new Error('a session that was just opened is not known')
  const op = await begin(services, caller, 'person.create')
  await op.act((act) => insertPersons(act, id, names))
}

async function insertPersons(act: Act<'person.create'>, case_id: Id<'cases'>, names: readonly string[]): Promise<void> {
  const found = await workOnCase(act, case_id)
  const { organisation_id } = found
  const maker = recordKeyMaker([{ part: 'record', heldAs: found.held }])
  const persons = names.map((text) => {
    const row = { id: newId('persons'), organisation_id, entered_by: act.actor.id }
    const { access, wraps } = maker(row)
    const values = {
      identity: new Secret(PersonIdentity.parse({ names: [{ text }] })),
      facts: new Secret(PersonFacts.parse({})),
      marks: new Secret(PersonMarks.parse({ differs_from: [] })),
    }
    return { wraps, row: { ...row, ...person.seal(act, { ...row, seal_version: 1 }, { access, values }) } }
  })
  const links = persons.map(({ row: { id: person_id } }) => {
    const row = { id: newId('case_persons'), case_id, person_id, organisation_id, linked_by: act.actor.id }
    const { access, wraps } = maker(row)
    const values = { facts: new Secret(PersonRole.parse({ roles: ['witness'] })) }
    return { wraps, row: { ...row, ...link.seal(act, { ...row, seal_version: 1 }, { access, values }) } }
  })
  await act.db
    .insertInto('persons')
    .values(persons.map(({ row }) => row))
    .execute()
  await act.db
    .insertInto('case_persons')
    .values(links.map(({ row }) => row))
    .execute()
  await insertingWraps([...persons, ...links].flatMap(({ wraps }) => wraps)).execute(act.db)
}

/** Writes the tokens of all whose tokens are missing. */
export async function sweep(origin: string, reader: Account): Promise<void> {
  const tokens = renewed(() => signIn(origin, reader))
  for (;;) {
    const { may_be_more } = z
      .object({ may_be_more: z.boolean() })
      .parse(await call(`${origin}/v1/persons/sweep`, { token: await tokens(), body: undefined }))
    if (!may_be_more) return
  }
}
