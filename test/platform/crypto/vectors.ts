import { readFileSync } from 'node:fs'
import { z } from 'zod'

const hex = z.hex().transform((text) => Buffer.from(text, 'hex'))

const place = z.strictObject({
  organisation: z.string(),
  table: z.string(),
  row: z.string(),
  column: z.string(),
  keyring: z.string().exactOptional(),
  keyring_version: z.int().exactOptional(),
  row_version: z.int().exactOptional(),
})

const Vectors = z.strictObject({
  texts: z.array(z.strictObject({ place, key: hex, sealed: hex, text: z.string() })),
  wraps: z.array(z.strictObject({ place, key: hex, sealed: hex, inner: hex })),
  seals: z.array(z.strictObject({ place, secret: hex, public: hex, sealed: hex, inner: hex })),
  user_secret: z.strictObject({
    packed: hex,
    agreement: hex,
    signing: hex,
    totp: hex,
    anchor: z.string(),
    checkpoint: z.strictObject({ size: z.int(), root: z.string() }),
  }),
  fingerprint: z.strictObject({ agreement: hex, signing: hex, fingerprint: z.string() }),
  signature: z.strictObject({ secret: hex, public: hex, parts: z.array(z.string()), signature: hex }),
  keyring: z.strictObject({
    root: hex,
    keyring: z.string(),
    version: z.int(),
    wrapping: hex,
    agreement: hex,
    public: hex,
  }),
  classes: z.strictObject({ record_key: hex, identity: hex, narrative: hex, legal: hex, facts: hex }),
  joint: z.strictObject({ key: hex, purpose: z.string(), second: hex, joint: hex }),
  passphrase: z.strictObject({
    passphrase: z.string(),
    salt: hex,
    cost: z.strictObject({ memory_kib: z.int(), passes: z.int(), lanes: z.int() }),
    argon2id: hex,
    verifier: hex,
    verifier_hash: hex,
    kek: hex,
  }),
  code: z.strictObject({
    pepper: hex,
    purpose: z.string(),
    typed: z.string(),
    folded: z.string(),
    hash: hex,
    key: hex,
  }),
  hashes: z.strictObject({
    pepper: hex,
    purpose: z.string(),
    text: z.string(),
    keyed: hex,
    parts: z.array(z.string()),
    sha256: hex,
  }),
  split: z.strictObject({ secret: hex, shares: z.array(hex) }),
  merkle: z.strictObject({
    leaves: z.array(hex),
    root: hex,
    frontier: z.array(z.strictObject({ height: z.int(), hash: z.string() })),
    older_size: z.int(),
    older_root: hex,
    proof: z.array(hex),
    leaf_data: z.string(),
    leaf_hash: hex,
  }),
})

/** What every stored format looked like when it was fixed. A change that breaks one of these breaks stored data. */
export const vectors = Vectors.parse(JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')))
