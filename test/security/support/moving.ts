import { agreementKeyFrom } from '../../../src/platform/crypto/agreement.ts'
import { decrypt, openKey, SealBroken, unwrapKey } from '../../../src/platform/crypto/box.ts'
import type { Place } from '../../../src/platform/crypto/place.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import type { App } from './scenario.ts'
import { withClient } from './dump.ts'
import type { SealedValue } from './sealed-values.ts'

/** A ciphertext with the key that opens it where it is. */
export type Held = SealedValue & { readonly key: Buffer }

/** Opens as the service does; false when it refuses. Any other failure than the one it should be is thrown. */
export function opens({ way, key, place, bytes }: Pick<Held, 'way' | 'key' | 'place' | 'bytes'>): boolean {
  const lock = new Secret<Uint8Array>(key)
  const where = placeOf(place)
  try {
    if (way === 'enc1') decrypt(lock, where, bytes)
    else if (way === 'wrap1') unwrapKey(lock, where, bytes)
    else openKey(agreementKeyFrom(lock), where, bytes)
    return true
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

function placeOf({ keyring, keyring_version, row_version, ...place }: SealedValue['place']): Place {
  return {
    ...place,
    ...(keyring !== undefined && { keyring }),
    ...(keyring_version !== undefined && { keyring_version }),
    ...(row_version !== undefined && { row_version }),
  }
}

const primaryKeys: Record<string, string[]> = {
  record_keys: ['record_id', 'keyring_id', 'part'],
  keyring_grants: ['keyring_id', 'version', 'user_id'],
  recovery_shares: ['user_id', 'epoch', 'subset', 'officer_id'],
  idempotency_keys: ['user_id', 'key_hash'],
}

/** Writes a ciphertext over another one in the database. */
function overwrite(app: App, { column, row }: Pick<SealedValue, 'column' | 'row'>, bytes: Buffer): Promise<void> {
  const [table = '', name = ''] = column.split('.')
  const keys = primaryKeys[table] ?? ['id']
  const where = keys.map((key, at) => `${key} = $${String(at + 2)}`).join(' and ')
  return withClient(app.place, async (client) => {
    const values = [bytes, ...keys.map((key) => row[key])]
    const { rowCount } = await client.query(`update ${table} set ${name} = $1 where ${where}`, values)
    if (rowCount !== 1) throw new Error(`nothing was overwritten in ${column}`)
  })
}

/** Other bytes for the place of a ciphertext. */
type Move = { readonly to: SealedValue; readonly bytes: Buffer }

/** Does it with the ciphertext exchanged, and then puts things right again. */
export async function whileMoved<T>(app: App, move: Move, work: () => Promise<T>): Promise<T> {
  const { to, bytes } = move
  await overwrite(app, to, bytes)
  return work().finally(() => overwrite(app, to, to.bytes))
}
