import { homeOf } from '../platform/access/home.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey } from '../platform/operation/record-keys.ts'
import { sharedReader } from './keyring-making.ts'
import { organisationPolicy, programmePolicy } from './policy.ts'
import {
  findProgramme,
  insertProgramme,
  listOrganisations,
  listProgrammes,
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
