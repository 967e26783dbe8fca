import { decrypt, encrypt, type Sealed } from '../platform/crypto/box.ts'
import { jointKey } from '../platform/crypto/keyring.ts'
import type { Place } from '../platform/crypto/place.ts'
import { revealTo, Secret } from '../platform/crypto/secret.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Services } from '../platform/operation/op.ts'

type Home = {
  readonly id: Id<'users'>
  readonly organisation_id: Id<'organisations'>
  readonly seal_version: number
}

/** Made from the configuration alone, so that the worker, who has nobody's keys, can open an address. */
const mailKey = ({ pepper }: Services) => jointKey(pepper, 'mail', new Secret(new Uint8Array()))

const place = ({ id, organisation_id, seal_version }: Home): Place => ({
  organisation: organisation_id,
  table: 'reminders',
  row: id,
  column: 'address',
  row_version: seal_version,
})

export const sealAddress = (services: Services, home: Home, address: Secret): Sealed =>
  encrypt(
    mailKey(services),
    place(home),
    revealTo(address, (text) => Buffer.from(text)),
  )

export const openAddress = (services: Services, home: Home, sealed: Sealed): Secret =>
  revealTo(decrypt(mailKey(services), place(home), sealed), (bytes) => Buffer.from(bytes).toString())
