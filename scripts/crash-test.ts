import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { crashUnderFiles } from './crash-test/evidence.ts'
import { groundIn } from './crash-test/ground.ts'
import { crashUnderReports } from './crash-test/reports.ts'

const usage = `crash-test [--kills NUMBER] [--evidence]

  kill -9 of the server, again and again (100 times), while it writes. Its PostgreSQL goes down with it in good order;
  every fourth time it is killed too, and comes back by its write-ahead log. Nothing that was acknowledged may be lost,
  nothing doubled, nothing half-written.
  --evidence   under files that are sent, broken off and gone on with, instead of under reports
  Exit 0 when all is well, 1 when it is not, 2 when the options cannot be used.`

const flags = readFlags()
if (flags === undefined || flags.help === true) {
  if (flags === undefined) console.error(`usage: ${usage}`)
  else console.log(usage)
  process.exit(flags === undefined ? 2 : 0)
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'guvoh-crash-'))
// PostgreSQL runs under an account of its own when root tests: it must be able to pass through.
chmodSync(folder, 0o711)
try {
  const ground = await groundIn(folder, flags.kills)
  const isWell = await (flags.evidence === true ? crashUnderFiles(ground) : crashUnderReports(ground))
  process.exitCode = isWell ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()

/** Undefined: they cannot be used. */
function readFlags() {
  const is = { type: 'boolean' } as const
  try {
    const options = { kills: { type: 'string', default: '100' }, evidence: is, help: is } as const
    const { kills, ...others } = parseArgs({ options }).values
    return /^[1-9]\d{0,5}$/.test(kills) ? { ...others, kills: Number(kills) } : undefined
  } catch {
    return undefined
  }
}
