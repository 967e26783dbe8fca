import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { z } from 'zod'

/** Checks the import rules, and that the tool has seen every file: one that reads none would find nothing wrong. */
const FOLDERS = ['src', 'scripts', 'test']
const CONFIG = '.config/dependency-cruiser.cjs'

const Report = z.object({
  modules: z.array(z.object({ source: z.string(), dependencies: z.array(z.unknown()) })),
  summary: z.object({
    violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })),
  }),
})

const { modules, summary } = cruise()
const seen = new Set(modules.filter(({ dependencies }) => dependencies.length > 0).map(({ source }) => source))
const listed = new Set(modules.map(({ source }) => source))
const unseen = FOLDERS.flatMap(filesUnder).filter((file) => !listed.has(file))

for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`)
for (const file of unseen) console.error(`not seen: ${file}`)
console.log(`${listed.size} modules seen, ${seen.size} of them with imports, ${summary.violations.length} violations`)
if (summary.violations.length > 0 || unseen.length > 0 || seen.size === 0) process.exitCode = 1

function cruise(): z.infer<typeof Report> {
  const args = ['node_modules/.bin/depcruise', '--config', CONFIG, '--output-type', 'json', ...FOLDERS]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (stdout === '') throw new Error(`dependency-cruiser said nothing: ${stderr}`)
  return Report.parse(JSON.parse(stdout))
}

function filesUnder(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  return names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}
