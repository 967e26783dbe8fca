/** Something that must not be found, and how it would look when written down in some way. */
export type Needle = { readonly what: string; readonly bytes: Buffer }

const HEAD_BYTES = 3
const SHORTEST = 8

/** The parts of base64 text that show these bytes wherever they begin in what was encoded. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    return text.slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6))
  })
}

/** Bytes as they are, in hexadecimal and in base64. */
export function formsOfBytes(what: string, bytes: Buffer): Needle[] {
  const hex = bytes.toString('hex')
  const base64 = base64Forms(bytes)
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const texts = { hex: [hex, hex.toUpperCase()], base64: [...new Set([...base64, ...url])] }
  const written = Object.entries(texts).flatMap(([form, list]) =>
    list.map((text) => ({ what: `${what} in ${form}`, bytes: Buffer.from(text) })),
  )
  return [{ what, bytes }, ...written].filter((needle) => needle.bytes.length >= SHORTEST)
}

const escaped = (text: string) =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** Text in UTF-8 as above, in UTF-16 either way round, in escapes and in per cent. */
export function formsOfText(text: string): Needle[] {
  const utf16 = Buffer.from(text, 'utf16le')
  return [
    ...formsOfBytes(text, Buffer.from(text)),
    { what: `${text} in UTF-16`, bytes: utf16 },
    { what: `${text} in UTF-16, big-endian`, bytes: Buffer.from(utf16).swap16() },
    { what: `${text} in escapes`, bytes: Buffer.from(escaped(text)) },
    { what: `${text} in per cent`, bytes: Buffer.from(encodeURIComponent(text)) },
  ]
}

/** Looks for all the needles at once: one pass over the bytes, whatever their number. */
export function createFinder(needles: readonly Needle[]): (haystack: Buffer) => string[] {
  const heads = new Uint8Array(2 ** (8 * HEAD_BYTES))
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    heads[needle.bytes.readUIntBE(0, HEAD_BYTES)] = 1
    const start = needle.bytes.readUIntBE(0, 2 * HEAD_BYTES)
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
  }
  return (haystack) => {
    const found = new Set<string>()
    let head = 0
    for (let at = 0; at < haystack.length - HEAD_BYTES; at += 1) {
      head = ((head << 8) | (haystack[at] ?? 0)) & 0xffffff
      if (heads[head] !== 1 || at < HEAD_BYTES - 1) continue
      const rest = haystack.subarray(at - HEAD_BYTES + 1)
      if (rest.length >= SHORTEST) collect(found, byStart.get(rest.readUIntBE(0, 2 * HEAD_BYTES)), rest)
    }
    return [...found].sort()
  }
}

function collect(found: Set<string>, needles: readonly Needle[] | undefined, rest: Buffer): void {
  for (const { what, bytes } of needles ?? [])
    if (rest.length >= bytes.length && rest.compare(bytes, 0, bytes.length, 0, bytes.length) === 0) found.add(what)
}
