import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import { Problem } from '../platform/kernel/problem.ts'
import type { Act } from '../platform/operation/op.ts'
import { codeIn } from './dimensions.ts'
import { LATER, QUARTER } from './earlier.ts'
import { openPart, unpacked } from './parts.ts'
import { boundsOf, type Period, quartersOf } from './period.ts'
import { bytesChanged, frozenWithdrawn } from './problems.ts'
import type { ReleaseRow } from './repo-releases.ts'
import { thresholdOf } from './question.ts'
import { type CubeDefinition, marginsOf } from './schema.ts'
import { type LedgerEntry, Snapshot } from './schema-release.ts'
import { type Countable, recordsOf } from './service.ts'

type Freezing = Act<'cube.try' | 'release.make'>

/** A line of the ledger, opened. */
export type Earlier = { readonly row: Omit<ReleaseRow, 'facts'>; readonly entry: LedgerEntry }

type Wanted = {
  readonly period: Period
  readonly countable: Countable
  readonly definition: CubeDefinition
  readonly earlier: readonly Earlier[]
  /** The first table of the same people: what it counted is counted again. */
  readonly first: Earlier | undefined
}

/**
 * The records to be counted. Those of a table before are counted as they were: who came later is not among them, and
 * nobody may have left. A year counts its quarters as they were released. Who came after that is counted in the year
 * where they are nowhere few: the difference to the quarters is a group of its own (R1).
 */
export async function frozenRecords(act: Freezing, wanted: Wanted): Promise<Secret<Snapshot>> {
  const { period, first } = wanted
  const quarters = quartersOf(period)
  if (first !== undefined || quarters.length === 0) {
    const fresh = await freshRecords(act, wanted, period)
    return first === undefined ? fresh : frozen(act, first, fresh)
  }
  const counted = []
  const later = []
  for (const quarter of quarters) {
    const part = await recordsOfQuarter(act, wanted, quarter)
    counted.push(part.counted)
    later.push(part.later)
  }
  const late = joined(later)
  return consult(late, ({ records }) => isNowhereFew(wanted.definition, records))
    ? joined([...counted, late])
    : joined(counted)
}

const joined = (parts: readonly Secret<Snapshot>[]): Secret<Snapshot> =>
  new Secret({ records: parts.flatMap((part) => consult(part, ({ records }) => records)) })

/** Whether each cell of the cube holds none of these records, or as many as may be shown. */
function isNowhereFew(definition: CubeDefinition, records: Snapshot['records']): boolean {
  const counts = new Map<string, number>()
  for (const names of marginsOf(definition))
    for (const { units, codes } of records) {
      const cell = names.map((name) => `${name}=${codeIn(definition, name, codes[name])}`).join(' ')
      counts.set(cell, (counts.get(cell) ?? 0) + units)
    }
  return [...counts.values()].every((count) => count >= thresholdOf(definition))
}

const freshRecords = (act: Freezing, { definition, countable }: Wanted, period: Period) =>
  recordsOf(act, { population: definition.population, ...boundsOf(period) }, countable)

async function recordsOfQuarter(act: Freezing, wanted: Wanted, quarter: Period) {
  const fresh = await freshRecords(act, wanted, quarter)
  const first = wanted.earlier.find(({ row }) => row.period === quarter)
  if (first === undefined) return { counted: stamped(fresh, quarter), later: new Secret({ records: [] }) }
  const counted = await frozen(act, first, fresh)
  const known = consult(counted, ({ records }) => new Set(records.map(({ incident }) => incident)))
  const later = revealTo(fresh, ({ records }) => ({ records: records.filter(({ incident }) => !known.has(incident)) }))
  return { counted: stamped(counted, quarter), later: stamped(later, LATER) }
}

const stamped = (snapshot: Secret<Snapshot>, part: string): Secret<Snapshot> =>
  revealTo(snapshot, ({ records }) => ({
    records: records.map((record) => ({ ...record, codes: { ...record.codes, [QUARTER]: part } })),
  }))

async function frozen(act: Freezing, first: Earlier, fresh: Secret<Snapshot>): Promise<Secret<Snapshot>> {
  const text = await openPart(act, first.entry.snapshot_of ?? first.row.id, 'snapshot')
  if (text === undefined) throw new Problem(bytesChanged)
  const snapshot = revealTo(unpacked(text), (open) => Snapshot.parse(open))
  const now = consult(fresh, ({ records }) => new Set(records.map(keyOf)))
  if (!consult(snapshot, ({ records }) => records.every((record) => now.has(keyOf(record)))))
    throw new Problem(frozenWithdrawn)
  return snapshot
}

const keyOf = ({ incident, units }: Snapshot['records'][number]): string => `${incident} ${String(units)}`
