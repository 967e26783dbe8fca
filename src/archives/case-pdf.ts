import { consult, gathered, revealTo, Secret } from '../platform/crypto/secret.ts'
import type { Block, DocumentModel } from '../platform/documents/model.ts'
import { render } from '../platform/documents/render.ts'
import { textOf, worded } from './page.ts'
import type { ReadChapter } from './schema.ts'

/** The chapters as pages to print: what the page for browsers has, in the same order. */
export async function pdfOf(chapters: readonly ReadChapter[]): Promise<Secret<Buffer>> {
  const blocks = chapters.map(({ title, content }) => revealTo(content, (value) => chapterBlocks(title, value)))
  const model = revealTo(gathered(blocks), (all) => modelOf(all.flat()))
  const bytes = await consult<DocumentModel, Promise<Buffer>>(model, (known) => render(known, 'pdf'))
  return new Secret(bytes)
}

const modelOf = (blocks: readonly Block[]): DocumentModel => ({
  title: 'Case file',
  language: 'en',
  missing: '—',
  header: 'Confidential',
  footer: 'Case file',
  blocks: [{ kind: 'heading', level: 0, text: 'Case file' }, ...blocks],
})

function chapterBlocks(title: string, value: unknown): Block[] {
  const items = itemsOf(value)
  const body =
    items === undefined ? facts(value) : items.flatMap((item, at) => itemBlocks(`${title} ${String(at + 1)}`, item))
  return [{ kind: 'heading', level: 1, text: title }, ...(body.length === 0 ? [none] : body)]
}

const none: Block = { kind: 'paragraph', text: 'none', look: 'note' }

/** The records of a chapter that is a list and nothing else. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (isList(value)) return value
  if (!isRecord(value)) return undefined
  const known = Object.keys(value).filter((name) => value[name] !== null && value[name] !== undefined)
  const list = value['items']
  return known.length === 1 && isList(list) ? list : undefined
}

const itemBlocks = (title: string, item: unknown): Block[] => [
  { kind: 'heading', level: 2, text: title },
  ...facts(item),
]

function facts(value: unknown): Block[] {
  const rows = rowsOf(value, [])
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }]
}

type Row = readonly [label: string, text: string]

/**
 * Every value with the way to it, such as `facts · person`. What is not known has no row, nor has what names another record
 * by its id; each record of a list within has one row.
 */
function rowsOf(value: unknown, way: readonly string[]): Row[] {
  if (value === null || value === undefined || isIdOfAnother(value, way)) return []
  const label = way.join(' · ')
  if (isList(value)) return listed(value, label)
  if (isRecord(value)) return Object.entries(value).flatMap(([name, one]) => rowsOf(one, [...way, worded(name)]))
  return [[label, textOf(value)]]
}

function listed(values: readonly unknown[], label: string): Row[] {
  if (values.every((one) => !isRecord(one) && !isList(one)))
    return values.length === 0 ? [] : [[label, values.map(textOf).join(', ')]]
  return values.map((one, at): Row => [`${label} ${String(at + 1)}`, inOneLine(one)])
}

const inOneLine = (value: unknown): string =>
  rowsOf(value, [])
    .map(([label, text]) => (label === '' ? text : `${label}: ${text}`))
    .join('; ')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const isIdOfAnother = (value: unknown, way: readonly string[]): boolean =>
  typeof value === 'string' && UUID.test(value) && way.join() !== 'id'

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
