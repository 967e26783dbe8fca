import { beforeAll, expect, test } from 'vitest'
import { drawsFrom, invent, seeded } from '../../scripts/statistics/synthetic-records.ts'
import { checkRelease, Rejected } from '../../src/statistics/checker/check.ts'
import { protect } from '../../src/statistics/protection/protect.ts'
import type { Certificate, ReleasedCell, Witness } from '../../src/statistics/protection/types.ts'

const { cube, records } = invent({ sizes: [4, 5, 3], margins: 2, records: 300, organisations: 4, seed: 3 })

let cells: readonly ReleasedCell[]
let certificate: Certificate
beforeAll(async () => {
  const verdict = await protect(cube, records, { draw: drawsFrom('test') })
  if (verdict.verdict === 'refused') throw new Error(verdict.reason)
  ;({ cells, certificate } = verdict)
})

const refused = (changed: object): void =>
  expect(() => checkRelease({ cube, cells, records, certificate, ...changed })).toThrow(Rejected)

test('an untouched release is accepted', () => {
  expect(() => checkRelease({ cube, cells, records, certificate })).not.toThrow()
})

/** Each way of tampering breaks something that the checker must see; which record or cell it hits is drawn. */
const tamperings: readonly ((certificate: Certificate, random: () => number) => Certificate)[] = [
  (certificate, random) => inOneView(certificate, random, () => []),
  (certificate, random) => ({ ...certificate, views: certificate.views.toSpliced(pick(certificate.views, random), 1) }),
  (certificate, random) =>
    inOneView(certificate, random, (witnesses) =>
      witnesses.map((witness) => witness.map(([record = 0, ...codes]) => [record, ...codes.map(() => 0)])),
    ),
  (certificate, random) =>
    inOneView(certificate, random, (witnesses) =>
      witnesses.with(pick(witnesses, random), everybodyAt(Math.floor(random() * 3))),
    ),
  (certificate) => ({ ...certificate, records: certificate.records - 1 }),
  (certificate, random) =>
    inOneView(certificate, random, (witnesses) =>
      witnesses.map((witness) => witness.map(([record = 0, ...codes]) => [record + records.rows.length, ...codes])),
    ),
]

const pick = (list: readonly unknown[], random: () => number) => Math.floor(random() * list.length)
const everybodyAt = (code: number): Witness => records.rows.map((_, record) => [record, code, code, code])

type Change = (witnesses: readonly Witness[]) => readonly Witness[]
function inOneView(certificate: Certificate, random: () => number, change: Change): Certificate {
  const full = [...certificate.views.keys()].filter((index) => (certificate.views[index]?.witnesses.length ?? 0) > 0)
  const chosen = full[pick(full, random)]
  const views = certificate.views.map((view, index) =>
    index === chosen ? { ...view, witnesses: change(view.witnesses) } : view,
  )
  return { ...certificate, views }
}

test('of 120 tampered certificates the checker accepts none', () => {
  const random = seeded(5)
  const rounds = Array.from({ length: 20 }, () => tamperings).flat()

  const tampered = rounds.map((tamper) => tamper(certificate, random))

  for (const one of tampered) refused({ certificate: one })
})

test('figures that are changed, left out, told twice, too exact or too vague are refused', () => {
  const random = seeded(6)
  const one = (kind: 'hidden' | 'value') => {
    const all = [...cells.keys()].filter((index) => kind in (cells[index] ?? {}))
    return all[Math.floor(random() * all.length)] ?? -1
  }
  const changes: readonly ((cell: ReleasedCell | undefined) => object)[] = [
    (cell) => ({ ...cell, value: 5, lo: 3, hi: 7 }),
    (cell) => ('value' in (cell ?? {}) ? { at: cell?.at, hidden: true, lo: 10, hi: 12 } : { ...cell, lo: 10 }),
    (cell) => (cell !== undefined && 'lo' in cell ? { ...cell, lo: cell.lo + 1 } : { at: cell?.at, lo: 0, hi: 2 }),
    (cell) => (cell !== undefined && 'lo' in cell ? { ...cell, lo: cell.lo + 5, hi: cell.hi + 5 } : { at: cell?.at }),
    (cell) => (cell !== undefined && 'hi' in cell ? { ...cell, hi: cell.hi + 1 } : { at: cell?.at, lo: 0, hi: 0 }),
    (cell) => ({ ...cell, at: { ...cell?.at, d1: '1.9' } }),
  ]

  for (let round = 0; round < 10; round += 1)
    for (const change of changes)
      for (const index of [one('hidden'), one('value')]) {
        const changed = cells.map((cell, other) => (other === index ? change(cell) : cell))
        refused({ cells: changed })
      }
  refused({ cells: cells.slice(1) })
  refused({ cells: [...cells, ...cells.slice(-1)] })
})

test('what the certificate hides from nobody cannot be shown afterwards', () => {
  const hidden = cells.findIndex((cell) => 'hidden' in cell)
  const { at = {} } = cells[hidden] ?? {}
  const count = records.rows.filter((row) =>
    cube.dims.every(({ name, leaves }, dim) => at[name] === undefined || leaves[row[dim] ?? -1] === at[name]),
  ).length

  refused({ cells: cells.with(hidden, { at, value: count, lo: count, hi: count }) })
})

test('other records than those that were certified are refused', () => {
  const random = seeded(7)

  for (let round = 0; round < 30; round += 1) {
    const moved = Array.from({ length: 12 }, () => Math.floor(random() * records.rows.length))
    refused({
      records: { ...records, rows: records.rows.map((row, record) => (moved.includes(record) ? [0, 0, 0] : row)) },
    })
  }
  refused({ records: { ...records, rows: records.rows.slice(1), organisations: records.organisations?.slice(1) } })
  refused({ records: { ...records, organisations: records.organisations?.map((owner) => (owner + 1) % 4) } })
})

test('a certificate of another release, with or without its figures, is refused', async () => {
  const other = invent({ sizes: [4, 5, 3], margins: 2, records: 300, organisations: 4, seed: 9 })
  const verdict = await protect(other.cube, other.records, { draw: drawsFrom('test') })
  if (verdict.verdict === 'refused') throw new Error(verdict.reason)

  refused({ certificate: verdict.certificate })
  refused({ cells: verdict.cells })
  refused({ cells: verdict.cells, certificate: verdict.certificate })
})

test('a certificate for a laxer cube is refused', () => {
  refused({ cube: { ...cube, threshold: 12 } })
  refused({ cube: { ...cube, others_threshold: 6 } })
  refused({ cube: { ...cube, rounding: 7 } })
  refused({ cube: { ...cube, pairs: false } })
  refused({ cube: { ...cube, margins: 1 } })
})

test('a cell is called impossible only where the cube says so', () => {
  const { at } = cells.find((cell) => 'hidden' in cell) ?? { at: {} }
  const said = cells.map((cell) => (cell.at === at ? { at, lo: 0, hi: 0 } : cell))

  refused({ cells: said })
  refused({ cube: { ...cube, structural_zeros: [at] } })
})
