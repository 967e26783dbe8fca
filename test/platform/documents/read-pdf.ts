import { inflateSync } from 'node:zlib'

/** The text of a PDF as this service writes it: the glyphs of each page, by the table that each font brings along. */
export function textOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const tableIn = (font: string) => /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1] ?? ''
  const named = [...objects.values()].flatMap(({ head }) => [...head.matchAll(/\/(F\d+) (\d+) 0 R/g)])
  const fonts = new Map(
    named.map(([, name = '', font = '']) => [name, tableOf(objects.get(tableIn(font))?.stream ?? '')]),
  )
  return [...objects.values()]
    .map(({ stream }) => stream)
    .filter((stream) => stream.includes(' Tf'))
    .map((stream) => shownIn(stream, fonts))
    .join('\n')
}

function objectsOf(pdf: Buffer): Map<string, { head: string; stream: string }> {
  const text = pdf.toString('latin1')
  const objects = [...text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number = '', body = '']) => {
    const [head = '', stream = ''] = body.split(/\nstream\n/)
    const bytes = Buffer.from(stream.replace(/\nendstream$/, ''), 'latin1')
    const plain = head.includes('/FlateDecode') ? inflateSync(bytes) : bytes
    return [number, { head, stream: plain.toString('latin1') }] as const
  })
  return new Map(objects)
}

/** Which text each glyph stands for. */
function tableOf(cmap: string): Map<string, string> {
  const table = new Map<string, string>()
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g))
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], at) => {
      const glyph = (Number.parseInt(first, 16) + at).toString(16).padStart(4, '0')
      table.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'))
    })
  return table
}

function shownIn(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map()
  let text = ''
  for (const [, name, array = ''] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map()
    const glyphs = [...array.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    text += glyphs.map((glyph) => font.get(glyph) ?? '?').join('')
    if (array !== '') text += '\n'
  }
  return text
}
