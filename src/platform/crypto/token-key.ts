import { createPrivateKey, createPublicKey } from 'node:crypto'
import { sha256 } from './code.ts'
import type { SigningKey } from './signing.ts'

/** An Ed25519 pair as PEM text, for a library that signs tokens with it; `kid` names the public half. */
export function tokenKeyOf(key: SigningKey): { privatePem: string; publicPem: string; kid: string } {
  const d = Buffer.from(key.secret.expose()).toString('base64url')
  const x = Buffer.from(key.publicKey).toString('base64url')
  const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' })
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    kid: sha256('kid1', key.publicKey).toString('hex').slice(0, 16),
  }
}
