import { expect, test } from 'vitest'
import { attackLedger } from '../../scripts/statistics/attacks/attack-ledger.ts'
import { ledgerOf, naiveLedger, protectedLedger } from '../../scripts/statistics/attacks/ledger.ts'

const wish = { years: 3, sizes: [4, 5], records_per_quarter: 260, organisations: 3, seed: 6 }

test('twelve quarters, three years and late corrections side by side prove no small cell to anybody', async () => {
  const ledger = await ledgerOf(wish, protectedLedger('k'))

  const findings = await attackLedger(ledger)

  expect(ledger.releases).toHaveLength(15)
  expect(ledger.corrected.length).toBeGreaterThan(0)
  for (const { attack, targets, ...found } of findings)
    expect({ attack, isTried: targets > 0, ...found }).toEqual({ attack, isTried: true, recovered: 0, proved: 0 })
}, 120_000)

test('each attack breaks a ledger in which each release hides only what is small', async () => {
  const findings = await attackLedger(await ledgerOf(wish, naiveLedger))

  for (const { attack, recovered, proved } of findings)
    expect({ attack, isBroken: recovered > 0 && proved > 0 }).toEqual({ attack, isBroken: true })
}, 60_000)
