import { expect, test } from 'vitest'
import { drawsFrom, invent } from '../../scripts/statistics/synthetic-records.ts'
import { checkRelease } from '../../src/statistics/checker/check.ts'
import { protect } from '../../src/statistics/protection/protect.ts'

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
