import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { formerServerGone } from '../../src/platform/database/embedded-former.ts'
import { SettingError } from '../../src/platform/kernel/config.ts'

const MARK = 'demonstration.json'
/** All that a demonstration writes; nothing else is ever deleted. */
const OWN = ['database', 'keys.json', 'audit.jsonl', MARK]

type State = 'empty' | 'begun' | 'played'

export const trailOf = (data: string): string => path.join(data, 'audit.jsonl')

/**
 * Makes sure that the folder is a demonstration's own, and says whether one was played there already. The mark is written
 * before anything else, so that a folder without it holds somebody's real data, and is refused.
 */
export async function openFolder(data: string, isFresh: boolean): Promise<State> {
  let found = await stateOf(data)
  await mustBeIdle(data)
  if (isFresh && found !== 'empty') {
    for (const name of OWN) await rm(path.join(data, name), { recursive: true, force: true })
    found = await stateOf(data)
  }
  if (found === 'played') return found
  await mkdir(data, { recursive: true })
  await mark(data, 'begun')
  return found
}

/** Nothing is deleted under a demonstration that is still running. */
async function mustBeIdle(data: string): Promise<void> {
  await formerServerGone(path.resolve(data, 'database', 'data')).catch((error: unknown) => {
    throw new SettingError(error instanceof Error ? error.message : String(error))
  })
}

export const markPlayed = (data: string): Promise<void> => mark(data, 'played')

const mark = (data: string, state: 'begun' | 'played') =>
  writeFile(path.join(data, MARK), `${JSON.stringify({ what: 'an invented demonstration of Guvoh', state })}\n`)

async function stateOf(data: string): Promise<State> {
  const names: string[] = await readdir(data).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new SettingError(`${data} cannot be used as a folder`)
  })
  if (names.length === 0) return 'empty'
  if (!names.includes(MARK))
    throw new SettingError(`${data} is not the folder of a demonstration; choose another with --data`)
  return (await readFile(path.join(data, MARK), 'utf8')).includes('"played"') ? 'played' : 'begun'
}
