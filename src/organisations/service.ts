import { homeOf } from '../platform/access/home.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { sharedReader } from './keyring-making.ts'
import { memberPolicy, organisationPolicy, programmePolicy } from './policy.ts'
import {
  findMember,
  findProgramme,
  insertProgramme,
  listOrganisations,
  listProgrammes,
  revealMembers,
  revealOrganisations,
  revealProgrammes,
} from './repo.ts'
import type { NewProgramme } from './schema.ts'

/** The organisations of the coalition, by name. */
export function readOrganisations(op: Op<'organisation.list'>) {
  return op.act(async (act) => {
    const rows = organisationPolicy.grantEach(act, await listOrganisations(act.db))
    return { items: await revealOrganisations(act, rows) }
  })
}

/** A donor's project, sealed to the organisation's directory. */
export function createProgramme(op: Op<'programme.create'>, { profile, ...days }: NewProgramme) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    const programme = { id: newId('programmes'), organisation_id, ...days }
    const directory = await sharedReader(act, { organisation_id, kind: 'directory' })
    const access = await createRecordKey(act, programme, [directory])
    await insertProgramme(act, programme, { access, profile })
    return { ...programme, version: 1, profile }
  })
}

export function readProgrammes(op: Op<'programme.list'>) {
  return op.act(async (act) => {
    const rows = programmePolicy.grantEach(act, await listProgrammes(act.db, act.actor.organisationId))
    return { items: await revealProgrammes(act, rows) }
  })
}

/** Whether a programme is one of the actor's organisation. */
export async function findOwnProgramme(act: Act, id: Id<'programmes'>): Promise<boolean> {
  return (await findProgramme(act.db, { id, organisation_id: homeOf(act.actor) })) !== undefined
}

/** How the actor's organisation and the actor are called, for a letter of theirs. */
export async function ownNames(act: Act): Promise<Secret<{ organisation: string | null; name: string | null }>> {
  const home = homeOf(act.actor)
  const of = (await listOrganisations(act.db)).filter(({ id }) => id === home)
  const organisations = organisationPolicy.grantEach({ actor: act.actor, action: 'organisation.list' }, of)
  const self = memberPolicy.grant({ actor: act.actor, action: 'member.read' }, await findMember(act.db, act.actor.id))
  const [organisation] = await revealOrganisations(act, organisations)
  const [member] = await revealMembers(act, [self])
  const called = (profile: Secret<{ name: string }> | null | undefined) =>
    profile ? consult(profile, ({ name }) => name) : null
  return new Secret({ organisation: called(organisation?.profile), name: called(member?.profile) })
}
