/** The languages in which a document can be written: those of the service, and two more that UN bodies work in. */
export type DocumentLanguage = 'en' | 'ru' | 'kk' | 'ky' | 'tg' | 'uz' | 'tk' | 'fr' | 'es'

/** A value of a document: null is what the record does not have, and is marked so that nobody overlooks it. */
export type Value = string | null

/** A picture of lines and areas, each an SVG path. It has no letters: not every machine has a font to draw them with. */
export type Drawing = {
  readonly width: number
  readonly height: number
  readonly shapes: readonly { readonly path: string; readonly fill?: string; readonly stroke?: string }[]
}

/** A table of two columns, a label and what is known. `tall` leaves room to write by hand: of a signature, say. */
type Facts = {
  readonly kind: 'facts'
  readonly rows: readonly (readonly [label: string, value: Value])[]
  readonly tall?: true
}

/** `widths` are the shares of the columns; equal ones when not said. */
type Table = {
  readonly kind: 'table'
  readonly head: readonly string[]
  readonly rows: readonly (readonly Value[])[]
  readonly widths?: readonly number[]
}

/** A line break in the text is a line break on the page. */
type Paragraph = {
  readonly kind: 'paragraph'
  readonly text: Value
  readonly look?: 'strong' | 'note'
  readonly align?: 'right' | 'center'
}

/** One piece of a document, in reading order. The heading of level 0 is the title on the page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 0 | 1 | 2; readonly text: string }
  | Paragraph
  | Facts
  | Table
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly numbered?: true }
  | { readonly kind: 'figure'; readonly drawing: Drawing; readonly width: number; readonly caption: string }
  | { readonly kind: 'page_break' }

/** The block of one kind. */
export type Of<K extends Block['kind']> = Extract<Block, { readonly kind: K }>

/** A document before it is a file. It knows words and order, not pages. */
export type DocumentModel = {
  /** For the window of a reader; it stands on no page, and names nobody. */
  readonly title: string
  readonly language: DocumentLanguage
  /** What stands in the place of a missing value. */
  readonly missing: string
  /** At the head of each page. */
  readonly header?: string
  /** At the foot of each page, before the page number. */
  readonly footer: string
  readonly blocks: readonly Block[]
}

/** What is missing, in reading order: the headings under which it would stand, and its label where it has one. */
export function missingIn(blocks: readonly Block[]): string[] {
  const found = new Set<string>()
  let under: readonly string[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') under = [...(block.level === 2 ? under.slice(0, 1) : []), block.text]
    for (const label of labelsOfMissing(block)) found.add([...under, ...label].join(': '))
  }
  return [...found]
}

/** Each with its label; a paragraph has none. */
function labelsOfMissing(block: Block): string[][] {
  if (block.kind === 'paragraph') return block.text === null ? [[]] : []
  if (block.kind === 'facts') return block.rows.filter(([, value]) => value === null).map(([label]) => [label])
  if (block.kind !== 'table') return []
  return block.head.filter((_, column) => block.rows.some((row) => row[column] === null)).map((label) => [label])
}
