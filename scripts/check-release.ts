import { parseArgs } from 'node:util'
import { checkRelease } from '../src/statistics/checker/check.ts'
import { readInput } from './statistics/input.ts'
import { readCertified } from './statistics/release-files.ts'

const USAGE = 'check-release --cube CUBE.json --records RECORDS.csv DIR'
const text = { type: 'string' } as const

// Counts again, in whole numbers, all that the certificate in DIR says of the release beside it. Exit 1, and the cell,
// where it does not hold. Whatever goes wrong is a refusal.
try {
  const { values, positionals } = parseArgs({ options: { cube: text, records: text }, allowPositionals: true })
  const [directory] = positionals
  if (values.cube === undefined || values.records === undefined || directory === undefined) throw new Error(USAGE)
  const { cube, records, earlier } = await readInput(values.cube, values.records)
  const { cells, certificate } = await readCertified(directory)
  const began = performance.now()
  checkRelease({ cube, cells, records, earlier, certificate })
  console.log(`check-release: ACCEPTED ${cells.length} cells in ${((performance.now() - began) / 1000).toFixed(2)} s`)
} catch (error) {
  console.error(
    `check-release: REFUSED ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
  )
  process.exitCode = 1
}
