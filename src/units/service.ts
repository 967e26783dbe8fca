import { homeOf } from '../platform/access/home.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { above, below, type OpenUnit } from './chain.ts'
import { unitPolicy } from './policy.ts'
import { registerFull, unitKnown, unitLoop } from './problems.ts'
import { findUnit, holdRegister, insertUnit, listUnits, revealUnits, UNITS_MOST, updateUnit } from './repo.ts'
import type { NewUnit, UnitChange, UnitFacts, UnitIdentity } from './schema.ts'

/** Enters a unit, readable to those of the organisation who help victims. */
export function createUnit(op: Op<'unit.create'>, values: NewUnit) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    await holdRegister(act, organisation_id)
    const units = await openUnits(act)
    if (units.length >= UNITS_MOST) throw new Problem(registerFull)
    mustBeNew(units, values.identity)
    mustBeUnder(units, undefined, values.facts)

    const row = {
      id: newId('units'),
      organisation_id,
      entered_by: act.actor.id,
      entered_on: dayOf(act.services.now()),
    }
    const readers = await writableKeyrings(act, [{ organisation_id, kind: 'assistance' }])
    const access = await createRecordKey(
      act,
      row,
      readers.map((to) => ({ part: 'record', to })),
    )
    await insertUnit(act, row, { access, values })
    return { ...row, version: 1 }
  })
}

type Reading = Act<'unit.create' | 'unit.list' | 'unit.read' | 'unit.change' | 'unit.list_acts'>

/** The whole register of the organisation. */
export async function openUnits(act: Reading): Promise<OpenUnit[]> {
  return revealUnits(act, unitPolicy.grantEach(act, await listUnits(act.db, homeOf(act.actor))))
}

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Two records of one unit would share its acts between them. 409 unit-known for a name that is there. */
function mustBeNew(units: readonly OpenUnit[], identity: Secret<UnitIdentity>, self?: Id<'units'>): void {
  const names = new Set(consult(identity, (named) => named.names.map(({ text }) => plain(text))))
  const known = units.find(
    (unit) =>
      unit.id !== self &&
      unit.identity !== null &&
      consult(unit.identity, (named) => named.names.some(({ text }) => names.has(plain(text)))),
  )
  if (known !== undefined) throw new Problem(unitKnown, { unit_id: known.id })
}

function mustBeUnder(units: readonly OpenUnit[], self: Id<'units'> | undefined, facts: Secret<UnitFacts>): void {
  const parent = consult(facts, ({ parent_id }) => parent_id)
  if (parent === null) return
  const chain = above(units, parent)
  if (chain.length === 0 || chain.some(({ id }) => id === self)) throw new Problem(unitLoop)
}

export function readUnits(op: Op<'unit.list'>) {
  return op.act(async (act) => ({ items: await openUnits(act) }))
}

/** A unit between those that command it and those that it commands. */
export function readUnit(op: Op<'unit.read'>, id: Id<'units'>) {
  return op.act(async (act) => {
    unitPolicy.grant(act, await findUnit(act.db, id))
    const units = await openUnits(act)
    const [unit, ...chain] = above(units, id)
    if (unit === undefined) throw new Problem(notFound)
    return { ...unit, above: chain, below: below(units, id) }
  })
}

type Changing = { readonly id: Id<'units'>; readonly version: number; readonly change: UnitChange }

export function changeUnit(op: Op<'unit.change'>, { id, version, change }: Changing) {
  return op.act(async (act) => {
    await holdRegister(act, homeOf(act.actor))
    const found = unitPolicy.grant(act, await findUnit(act.db, id))
    if (found.version !== version) throw new Problem(staleVersion)
    const values = merged(await openUnits(act), id, change)
    const access = await renewRecordKey(act, found)
    if (!(await updateUnit(act, found, { access, values, version }))) throw new Problem(staleVersion)
    return { ...found, ...values, version: version + 1 }
  })
}

/** Both classes, once what is new has been looked at. */
function merged(units: readonly OpenUnit[], id: Id<'units'>, change: UnitChange) {
  const before = units.find((unit) => unit.id === id)
  if (!before?.identity || !before.facts) throw new Problem(notFound)
  const { identity = before.identity, facts = before.facts } = change
  if (change.identity !== undefined) mustBeNew(units, identity, id)
  if (change.facts !== undefined) mustBeUnder(units, id, facts)
  return { identity, facts }
}
