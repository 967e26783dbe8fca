import { expect, test } from 'vitest'
import { drawsFrom, invent, seeded } from '../../scripts/statistics/synthetic-records.ts'
import { checkRelease, Rejected } from '../../src/statistics/checker/check.ts'
import { protect } from '../../src/statistics/protection/protect.ts'
import type { Certificate, Witness } from '../../src/statistics/protection/types.ts'

const { cube, records } = invent({ sizes: [4, 5, 3], margins: 2, records: 300, organisations: 4, seed: 3 })
const draw = drawsFrom('test')

async function released() {
  const verdict = await protect(cube, records, { draw })
  if (verdict.verdict === 'refused') throw new Error(verdict.reason)
  return verdict
}

test('what is released is accepted by the separate checker', async () => {
  const { cells, certificate } = await released()

  expect(() => checkRelease({ cube, cells, records, certificate })).not.toThrow()
  expect(cells.filter((cell) => 'value' in cell).length).toBeGreaterThan(30)
})

test('the same release asked for again has the same bytes', async () => {
  const once = JSON.stringify((await released()).cells)

  for (let again = 0; again < 2; again += 1) expect(JSON.stringify((await released()).cells)).toBe(once)
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

test('of 102 tampered certificates the checker accepts none', async () => {
  const { cells, certificate } = await released()
  const random = seeded(5)
  const rounds = Array.from({ length: 17 }, () => tamperings).flat()

  const tampered = rounds.map((tamper) => tamper(certificate, random))

  for (const one of tampered) expect(() => checkRelease({ cube, cells, records, certificate: one })).toThrow(Rejected)
})

test('a figure that is changed, left out or too exact is named', async () => {
  const { cells, certificate } = await released()
  const hidden = cells.findIndex((cell) => 'hidden' in cell)
  const shown = cells.findIndex((cell) => 'value' in cell)
  const exact = cells.map((cell, index) =>
    index === shown && 'value' in cell ? { ...cell, lo: cell.value, hi: cell.value } : cell,
  )
  const proved = cells.map((cell, index) => (index === hidden ? { at: cell.at, value: 0, lo: 0, hi: 2 } : cell))

  for (const changed of [exact, proved, cells.slice(1)])
    expect(() => checkRelease({ cube, cells: changed, records, certificate })).toThrow(Rejected)
})

test('a cube of which almost everything would be hidden is refused with what works, and without a count', async () => {
  const sparse = invent({ sizes: [3, 14, 12], margins: 2, records: 60, organisations: 3, seed: 1 })

  const verdict = await protect({ ...sparse.cube, coin: 0 }, sparse.records, { draw })

  expect(verdict).toMatchObject({ verdict: 'refused', works_with: { leave_out: ['d2'], margins: 2 } })
  expect(JSON.stringify(verdict)).not.toContain('60')
})

test('a cancelled release gives nothing', async () => {
  const cancelled = protect(cube, records, { draw, signal: AbortSignal.abort() })

  await expect(cancelled).rejects.toThrow('aborted')
})

test('records outside the cube, and figures that cannot be, are refused in plain words', async () => {
  const [row] = records.rows
  const stray = await protect(
    cube,
    { ...records, rows: records.rows.with(0, [...(row ?? []).slice(0, 2), 9]) },
    { draw },
  )
  const earlier = [{ at: {}, lo: 0, hi: 5 }]
  const impossible = await protect(cube, records, { draw, earlier })

  expect(stray).toEqual({ verdict: 'refused', reason: 'A record has a code that is not in the cube.' })
  expect(impossible).toMatchObject({ verdict: 'refused', reason: expect.stringContaining('Earlier figures') })
})
