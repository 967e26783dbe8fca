// XSalsa20-Poly1305 written from the specifications alone, to check the boxes by other means than those that made them.

const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]
const COLUMNS_AND_ROWS = [
  [0, 4, 8, 12],
  [5, 9, 13, 1],
  [10, 14, 2, 6],
  [15, 3, 7, 11],
  [0, 1, 2, 3],
  [5, 6, 7, 4],
  [10, 11, 8, 9],
  [15, 12, 13, 14],
]
const TURNS = [7, 9, 13, 18]
const P1305 = 2n ** 130n - 5n
const CLAMP = 0x0ffffffc0ffffffc0ffffffc0fffffffn

/** The plain text, or undefined when the authenticator is wrong. */
export function openBox(box: Buffer, nonce: Buffer, key: Buffer): Buffer | undefined {
  const cipher = box.subarray(16)
  const stream = keyStream(cipher.length, nonce, key)
  return poly1305(stream, cipher).equals(box.subarray(0, 16)) ? mixed(cipher, stream) : undefined
}

/** The authenticator and the cipher text. */
export function closeBox(plain: Buffer, nonce: Buffer, key: Buffer): Buffer {
  const stream = keyStream(plain.length, nonce, key)
  const cipher = mixed(plain, stream)
  return Buffer.concat([poly1305(stream, cipher), cipher])
}

/** The one-time key of the authenticator (32 bytes), then what the text is mixed with. */
function keyStream(size: number, nonce: Buffer, key: Buffer): Buffer {
  const subkey = hsalsa20(key, nonce.subarray(0, 16))
  const blocks = Math.ceil((32 + size) / 64)
  return Buffer.concat(Array.from({ length: blocks }, (_, block) => salsa20(subkey, nonce.subarray(16), block)))
}

function mixed(text: Buffer, stream: Buffer): Buffer {
  return Buffer.from(text.map((byte, at) => byte ^ stream.readUInt8(32 + at)))
}

function salsa20(key: Buffer, nonce: Buffer, block: number): Buffer {
  const counter = Buffer.alloc(8)
  counter.writeUInt32LE(block)
  const start = state(key, Buffer.concat([nonce, counter]))
  return bytes(rounds(start).map((word, at) => word + word32(start, at)))
}

function hsalsa20(key: Buffer, nonce: Buffer): Buffer {
  const end = rounds(state(key, nonce))
  return bytes([0, 5, 10, 15, 6, 7, 8, 9].map((at) => word32(end, at)))
}

function state(key: Buffer, nonce: Buffer): number[] {
  const [k, n, [s0 = 0, s1 = 0, s2 = 0, s3 = 0]] = [words(key), words(nonce), SIGMA]
  return [s0, ...k.slice(0, 4), s1, ...n, s2, ...k.slice(4), s3]
}

function rounds(start: readonly number[]): number[] {
  const x = [...start]
  for (let round = 0; round < 10; round += 1) for (const quarter of COLUMNS_AND_ROWS) turn(x, quarter)
  return x
}

function turn(x: number[], quarter: readonly number[]): void {
  for (const [step, by] of TURNS.entries()) {
    const at = (shift: number) => quarter[(step + shift) % 4] ?? 0
    const sum = (word32(x, at(0)) + word32(x, at(3))) >>> 0
    x[at(1)] = (word32(x, at(1)) ^ ((sum << by) | (sum >>> (32 - by)))) >>> 0
  }
}

function poly1305(key: Buffer, message: Buffer): Buffer {
  const [r, s] = [little(key.subarray(0, 16)) & CLAMP, little(key.subarray(16, 32))]
  let sum = 0n
  for (let at = 0; at < message.length; at += 16)
    sum = ((sum + little(Buffer.concat([message.subarray(at, at + 16), Buffer.of(1)]))) * r) % P1305
  const tag = (sum + s) % 2n ** 128n
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse()
}

function little(part: Buffer): bigint {
  return BigInt(`0x${Buffer.from(part).reverse().toString('hex')}`)
}

function words(part: Buffer): number[] {
  return Array.from({ length: part.length / 4 }, (_, at) => part.readUInt32LE(at * 4))
}

function bytes(parts: readonly number[]): Buffer {
  const out = Buffer.alloc(parts.length * 4)
  for (const [at, part] of parts.entries()) out.writeUInt32LE(part >>> 0, at * 4)
  return out
}

function word32(parts: readonly number[], at: number): number {
  return parts[at] ?? 0
}
