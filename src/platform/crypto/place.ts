/** Where a sealed value lives. It is mixed into the key, so a value copied elsewhere will not open. */
export type Place = {
  organisation: string
  table: string
  row: string
  column: string
  keyring?: string
  keyring_version?: number
  row_version?: number
}

/** What can be hashed, signed or bound: text as UTF-8, numbers as decimal digits, bytes as they are. */
export type Part = string | number | Uint8Array

const LENGTH_BYTES = 4

/** Each part as a 32-bit big-endian length and its bytes, so that no two lists of parts give the same bytes. */
export function lengthPrefixed(...parts: readonly Part[]): Buffer {
  const texts = parts.map((part) => (typeof part === 'number' ? String(part) : part))
  const sizes = texts.map((text) => (typeof text === 'string' ? Buffer.byteLength(text) : text.length))
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + LENGTH_BYTES + size, 0))
  let at = 0
  for (const [index, text] of texts.entries()) {
    const size = sizes[index] ?? 0
    at = bytes.writeUInt32BE(size, at)
    if (typeof text === 'string') bytes.write(text, at)
    else bytes.set(text, at)
    at += size
  }
  return bytes
}

/** The bytes of a place: organisation, table, row, column, keyring, keyring version, row version; absent ones are empty. */
export function placeBytes(place: Place): Buffer {
  const { organisation, table, row, column, keyring = '', keyring_version = '', row_version = '' } = place
  return lengthPrefixed(organisation, table, row, column, keyring, keyring_version, row_version)
}
