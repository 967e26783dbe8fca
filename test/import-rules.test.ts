import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const repository = path.resolve(import.meta.dirname, '..')

/** Files, each with the files and packages that it imports, and the rule that this breaks (none where it is allowed). */
const imports: readonly (readonly [file: string, imported: string, rule: string | undefined])[] = [
  ['src/platform/kernel/a.ts', '../crypto/secret.ts', 'ring-kernel'],
  ['src/platform/access/a.ts', '../crypto/secret.ts', 'ring-access'],
  ['src/platform/database/a.ts', '../operation/op.ts', 'ring-database'],
  ['src/platform/http/a.ts', '../jobs/worker.ts', 'ring-http'],
  ['src/platform/operation/a.ts', '../crypto/secret.ts', undefined],
  ['src/platform/kernel/b.ts', '../../cases/service.ts', 'platform-knows-no-domain'],
  ['src/incidents/service-a.ts', '../cases/repo.ts', 'modules-meet-at-their-service'],
  ['src/incidents/service-b.ts', '../cases/service.ts', undefined],
  ['src/incidents/service-c.ts', '../app/routes.ts', 'modules-meet-at-their-service'],
  ['src/app/routes.ts', '../cases/routes.ts', undefined],
  ['src/incidents/service-d.ts', '../platform/http/route.ts', 'only-routes-speak-http'],
  ['src/incidents/service-e.ts', 'fastify', 'only-routes-speak-http'],
  ['src/incidents/routes-a.ts', '../platform/http/route.ts', undefined],
  ['src/incidents/service-f.ts', 'kysely', 'only-repo-speaks-sql'],
  ['src/incidents/policy.ts', 'pg', 'only-repo-speaks-sql'],
  ['src/incidents/repo-a.ts', 'kysely', undefined],
  ['src/incidents/repo-b.ts', 'node:crypto', 'only-crypto-speaks-ciphers'],
  ['src/platform/http/b.ts', 'tweetnacl', 'only-crypto-speaks-ciphers'],
  ['src/platform/crypto/a.ts', 'argon2', undefined],
  ['src/platform/kernel/c.ts', 'vitest', 'src-runs-on-what-is-installed-for-it'],
  ['src/platform/kernel/d.ts', '../../../scripts/tool.ts', 'src-knows-no-scripts-and-tests'],
  ['scripts/verify-audit.ts', './tool.ts', undefined],
  ['scripts/verify-audit-proof.ts', '../src/platform/crypto/secret.ts', 'what-verifies-is-written-apart'],
  ['scripts/check-release-a.ts', '../src/statistics/service.ts', 'a-release-is-checked-independently'],
  ['src/cases/circle-a.ts', './circle-b.ts', 'no-cycles'],
  ['src/cases/lost.ts', './nowhere.ts', 'no-missing-file'],
]

const leaves = [
  'src/platform/crypto/secret.ts',
  'src/platform/operation/op.ts',
  'src/platform/jobs/worker.ts',
  'src/platform/http/route.ts',
  'src/cases/service.ts',
  'src/cases/repo.ts',
  'src/cases/routes.ts',
  'src/statistics/service.ts',
  'scripts/tool.ts',
]

const Report = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })) }),
})

let folder: string
let found: Map<string, string[]>

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-imports-'))
  for (const shared of ['node_modules', 'package.json', 'tsconfig.json'])
    await symlink(path.join(repository, shared), path.join(folder, shared))
  for (const file of leaves) await put(file, 'export const value = 1\n')
  await put('src/cases/circle-b.ts', "export * from './circle-a.ts'\n")
  for (const [file, imported] of imports)
    await put(file, `import type * as a from '${imported}'\nexport type A = typeof a\n`)

  const tool = path.join(repository, 'node_modules/.bin/depcruise')
  const config = path.join(repository, '.config/dependency-cruiser.cjs')
  const args = [tool, '--config', config, '--output-type', 'json', 'src', 'scripts']
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  const { violations } = Report.parse(JSON.parse(stdout)).summary
  found = new Map(imports.map(([file]) => [file, violations.filter((v) => v.from === file).map((v) => v.rule.name)]))
})
afterAll(() => rm(folder, { recursive: true }))

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.join(folder, path.dirname(file)), { recursive: true })
  await writeFile(path.join(folder, file), text)
}

describe('the import rules', () => {
  test.for(imports)('%s importing %s', ([file, , rule]) => {
    expect(found.get(file)).toEqual(rule === undefined ? [] : [rule])
  })
})
