// Crockford's base32: no I, L, O or U, so that a code can be read aloud and copied by hand.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTER_BITS = 5
const GROUP = 4

/** Bytes as letters, five bits each, most significant first; the last letter is filled with zero bits. */
export function crockford(bytes: Uint8Array): string {
  let letters = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= LETTER_BITS; bits -= LETTER_BITS) letters += letterOf(held >> (bits - LETTER_BITS))
    held &= (1 << bits) - 1
  }
  return bits > 0 ? letters + letterOf(held << (LETTER_BITS - bits)) : letters
}

/** The letter of the five lowest bits. */
export function letterOf(number: number): string {
  return ALPHABET.charAt(number & 31)
}

/** The same letters in groups of four, with hyphens between. */
export function inGroups(letters: string): string {
  return Array.from({ length: Math.ceil(letters.length / GROUP) }, (_, group) =>
    letters.slice(group * GROUP, (group + 1) * GROUP),
  ).join('-')
}

/** What was meant by somebody who typed a code: case, spaces and hyphens do not count, O is 0, I and L are 1. */
export function foldCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}
