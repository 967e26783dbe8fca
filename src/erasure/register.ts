import { open, readFile, rename } from 'node:fs/promises'
import { z } from 'zod'
import { sign, type SigningKey, verify } from '../platform/crypto/signing.ts'
import { SettingError } from '../platform/kernel/config.ts'
import { RegisterEntry } from './schema.ts'

const Line = z.strictObject({ entry: RegisterEntry, signature: z.string().regex(/^[0-9a-f]{128}$/) })

/** What is signed: the entry as its schema writes it, whatever order it came in. */
const signed = (entry: RegisterEntry) => ['erased1', JSON.stringify(RegisterEntry.parse(entry))] as const

/** An entry as one line of the register, signed by the installation. */
export const lineOf = (signer: SigningKey, entry: RegisterEntry): string =>
  `${JSON.stringify({ entry, signature: sign(signer, ...signed(entry)).toString('hex') })}\n`

/** The entries of a register. A line that this installation did not sign would let whoever wrote it erase: it is refused. */
export function entriesOf(signer: SigningKey, text: string): RegisterEntry[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return []
    const entry = entryOf(signer, line)
    if (entry === undefined)
      throw new SettingError(`Line ${String(at + 1)} of the register of erasures is not signed by this installation`)
    return [entry]
  })
}

function entryOf(signer: SigningKey, line: string): RegisterEntry | undefined {
  try {
    const { entry, signature } = Line.parse(JSON.parse(line))
    return verify(signer.publicKey, Buffer.from(signature, 'hex'), ...signed(entry)) ? entry : undefined
  } catch {
    return undefined
  }
}

/** The text of the register; empty when there is none yet. */
export async function readRegister(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** Puts the whole register in the place of the one before: there is never half a line. */
export async function writeRegister(file: string, text: string): Promise<void> {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
}
