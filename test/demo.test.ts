import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const PLAY_MS_MAX = 120_000

type Ended = { code: number; printed: string }

/** Runs the demonstration as somebody would, to its end. */
function demo(...args: string[]): Promise<Ended> {
  const command = ['--import', 'tsx', 'scripts/demo.ts', '--once', '--port', '0', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, timeout: PLAY_MS_MAX }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), printed: stdout + stderr })
    })
  })
}

let folder: string
let data: string
let played: Ended

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guvoh-demo-'))
  data = path.join(folder, 'demo')
  played = await demo('--data', data)
}, PLAY_MS_MAX)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the demonstration', () => {
  test('plays the main job to its end', () => {
    expect(played.printed).toContain('24 public decisions are reported')
    expect(played.printed).not.toContain('The demonstration stops')
    expect(played.code).toBe(0)
  })

  test('shows that a move is refused with the list of what is missing', () => {
    expect(played.printed).toMatch(
      /Refused: intake → documentation.*\n +missing: two_members, victim, consent_to_store, risk_assessment, conflict_check\n/,
    )
    expect(played.printed).toContain('Moved: intake → documentation')
  })

  test('tries how much of a cube could be shown, and leaves no table behind', async () => {
    expect(played.printed).toMatch(
      /A coordinator declares a cube.*\n +(\d+ of \d+ cells would be shown|It would be refused)/,
    )
    expect(await readdir(data)).not.toContain('victims.csv')
  })

  test('leaves an audit trail that the verifier accepts', async () => {
    const lines = (await readFile(path.join(data, 'audit.jsonl'), 'utf8')).trim().split('\n')

    expect(played.printed).toMatch(/ {6}OK \d{4} events, \d+ with their text,\n/)
    expect(lines.length).toBeGreaterThan(5)
  })

  test('is not played again in the same folder', async () => {
    const again = await demo('--data', data)

    expect(again.printed).toContain('The play was given here before')
    expect(again.printed).not.toContain('public decisions are reported')
    expect(again.code).toBe(0)
  })

  test('refuses a folder that is not a demonstration, even to begin afresh, and leaves it alone', async () => {
    const real = await mkdtemp(path.join(folder, 'real-'))
    await writeFile(path.join(real, 'keys.json'), 'real keys')

    const refused = await demo('--data', real, '--fresh')

    expect(refused.code).toBe(1)
    expect(refused.printed).toBe(`${real} is not the folder of a demonstration; choose another with --data\n`)
    expect(await readdir(real)).toEqual(['keys.json'])
  })
})
