import { checkRelease } from '../src/statistics/checker/check.ts'
import { readChecked } from './statistics/release-files.ts'

// Counts again, in whole numbers, all that the certificate in DIR says of the release beside it. Exit 1, and the cell,
// where it does not hold. Whatever goes wrong is a refusal.
try {
  const checked = await readChecked(process.argv.slice(2))
  checkRelease(checked)
  console.log(`check-release: ACCEPTED ${checked.cells.length} cells in ${(performance.now() / 1000).toFixed(2)} s`)
} catch (error) {
  console.error(`check-release: REFUSED ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  process.exitCode = 1
}
