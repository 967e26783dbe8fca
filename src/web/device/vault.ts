import { signal } from '@preact/signals'
import { deleteDevice, device, type Sealed, type Vault } from './store.ts'

/** PBKDF2 with SHA-256, as OWASP's password storage cheat sheet of 2023 has it. */
const ROUNDS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12
/** After so many wrong PINs in a row everything on the device is deleted. */
const TRIES = 10

/** The key of the drafts, while the device is unlocked. It cannot be read out of memory by a script. */
export const key = signal<CryptoKey | undefined>(undefined)

export const lock = (): void => {
  key.value = undefined
}

/** Whether a PIN has been chosen on this device. */
export const hasVault = async (): Promise<boolean> => (await (await device()).get('vault', 'vault')) !== undefined

/** Chooses the PIN; there must be none yet. */
export async function createVault(pin: string): Promise<void> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const derived = await keyFrom(pin, { salt, rounds: ROUNDS })
  const check = await seal(derived, 'vault', 'open')
  const db = await device()
  await db.add('vault', { salt, rounds: ROUNDS, check, failed: 0 }, 'vault')
  key.value = derived
}

/** Opens the drafts. `wiped` where this was one wrong PIN too many. */
export async function unlock(pin: string): Promise<'open' | 'wrong' | 'wiped'> {
  const db = await device()
  const vault = await db.get('vault', 'vault')
  if (vault === undefined) return 'wiped'
  // Counted before it is tried, so that pulling the battery saves nobody a try.
  await db.put('vault', { ...vault, failed: vault.failed + 1 }, 'vault')
  const derived = await keyFrom(pin, vault)
  if (await opens(derived, vault)) {
    await db.put('vault', { ...vault, failed: 0 }, 'vault')
    key.value = derived
    return 'open'
  }
  if (vault.failed + 1 < TRIES) return 'wrong'
  await deleteDevice()
  return 'wiped'
}

const opens = (derived: CryptoKey, { check }: Vault): Promise<boolean> =>
  reveal(derived, check).then(
    () => true,
    () => false,
  )

async function keyFrom(pin: string, { salt, rounds }: Pick<Vault, 'salt' | 'rounds'>): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/** AES-256-GCM; the id is bound to what it is of. */
export async function seal(by: CryptoKey, id: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const additionalData = new TextEncoder().encode(id)
  return { id, iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, by, plain) }
}

/** What was sealed. Throws where the key is another, or the bytes are. */
export async function reveal(by: CryptoKey, { id, iv, data }: Sealed): Promise<unknown> {
  const additionalData = new TextEncoder().encode(id)
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, by, data)
  return JSON.parse(new TextDecoder().decode(plain))
}
