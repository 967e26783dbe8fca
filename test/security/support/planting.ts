import { encryptJson, sealKey } from '../../../src/platform/crypto/box.ts'
import { classKey, newRecordKey, type RecordClass } from '../../../src/platform/crypto/keyring.ts'
import { Secret } from '../../../src/platform/crypto/secret.ts'
import { sign, type SigningKey } from '../../../src/platform/crypto/signing.ts'
import { digest, frame } from '../../platform/crypto/independent-reader.ts'
import { withClient } from './dump.ts'
import type { App } from './scenario.ts'
import { findKeyring } from './tampering.ts'

const classes = ['identity', 'narrative', 'legal', 'facts'] as const

type Planted = {
  readonly contents: Readonly<Record<RecordClass, object>>
  /** In whose name. */
  readonly as: string
  /** Who signed it, if somebody did, and under which name they did. */
  readonly signed?: { readonly key: SigningKey; readonly by: string }
}

/** Writes a report straight into the database, sealed to the intake as a real one is. Answers its id. */
export async function plantReport(app: App, { contents, as, signed }: Planted): Promise<string> {
  const intake = await findKeyring(app, 'intake')
  const [id, key] = [globalThis.crypto.randomUUID(), newRecordKey()]
  const place = { organisation: intake.organisation, row: id }
  const sealed = classes.map((column) =>
    encryptJson(
      classKey(key, column),
      { ...place, table: 'incidents', column, row_version: 1 },
      new Secret(contents[column]),
    ),
  )
  const wrapAt = { ...place, table: 'record_keys', column: 'record', keyring: intake.id, keyring_version: 1 }
  const hash = digest(frame(...classes.flatMap((name, at) => [name, sealed[at] ?? Buffer.alloc(0)]))).toString('hex')
  const signature = signed && sign(signed.key, 'written1', 'incidents', intake.organisation, id, 1, id, hash)
  await withClient(app.place, async (client) => {
    await client.query(
      `insert into incidents (id, organisation_id, reference, submitted_by, identity, narrative, legal, facts,
         signed_by, signature) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, intake.organisation, `INC-2026-${id.slice(0, 6)}`, as, ...sealed, signed?.by, signature],
    )
    await client.query(
      `insert into record_keys (record_id, part, organisation_id, keyring_id, keyring_version, is_sealed, wrapped)
         values ($1, 'record', $2, $3, 1, true, $4)`,
      [id, intake.organisation, intake.id, sealKey(intake.publicKey, wrapAt, key)],
    )
  })
  return id
}
