import type { Of, Value } from './model.ts'
import {
  artifact,
  BOLD,
  type Element,
  heightOf,
  innerHeight,
  innerWidth,
  keepRoom,
  lookOf,
  type Look,
  MARGIN,
  type Page,
  put,
  REGULAR,
  rule,
  styled,
  write,
} from './pdf-page.ts'

const GAP = 10
const PAD = 4
const TALL = 24
const SHADE = '#f2f2f2'
/** A row higher than this part of a page is written below one another: it would leave half a page empty. */
const SHARE_MOST = 0.4

type Layout = {
  readonly shares: readonly number[]
  /** What stands above a value when the row is written below one another. */
  readonly labels: readonly string[]
  readonly table: Element
  readonly tall?: true
}
type Row = { readonly values: readonly Value[]; readonly isHead?: true }

/** About how high a table to write on by hand is. It stays on one page. */
export const tallHeight = ({ rows }: Of<'facts'>): number => rows.length * (TALL + 2 * PAD)

/** A label and what is known, row by row. */
export function drawFacts(page: Page, facts: Of<'facts'>): void {
  const { rows, tall } = facts
  if (tall) keepRoom(page.pdf, tallHeight(facts))
  const table = begun(page)
  for (const values of rows)
    drawRow(page, { values }, { table, labels: ['', values[0]], shares: [0.34, 0.66], ...(tall && { tall }) })
}

/** A table whose head stands again on each page. */
export function drawTable(page: Page, { head, rows, widths }: Of<'table'>): void {
  const layout = { table: begun(page), labels: head, shares: widths ?? head.map(() => 1 / head.length) }
  drawRow(page, { values: head, isHead: true }, layout)
  for (const values of rows) {
    if (drawsOnNewPage(page, { values }, layout)) drawRow(page, { values: head, isHead: true }, layout)
    drawRow(page, { values }, layout)
  }
}

function begun({ pdf, root }: Page): Element {
  const table = pdf.struct('Table')
  root.add(table)
  rule(pdf, pdf.y)
  return table
}

/** Of the two columns of facts the first is a label; of other tables the head is. */
const isLabel = ({ labels }: Layout, { isHead }: Row, column: number) =>
  isHead === true || (labels[0] === '' && column === 0)

function cellsOf({ pdf, missing }: Page, row: Row, layout: Layout) {
  const cells = row.values.map((value, column) => {
    const font = isLabel(layout, row, column) ? BOLD : REGULAR
    const look: Look = lookOf(value, { font, size: 9.2, gap: 1.5 })
    const width = innerWidth(pdf) * (layout.shares[column] ?? 0) - GAP
    const text = value ?? missing
    return { text, look, width, height: heightOf(styled(pdf, look), text, width) }
  })
  const least = layout.tall ? TALL : 0
  return { cells, height: Math.max(least, ...cells.map(({ height }) => height)) + 2 * PAD }
}

function drawsOnNewPage(page: Page, row: Row, layout: Layout): boolean {
  const { height } = cellsOf(page, row, layout)
  const { pdf } = page
  if (height > innerHeight(pdf) * SHARE_MOST) return false
  const before = pdf.page
  keepRoom(pdf, height)
  return pdf.page !== before
}

function drawRow(page: Page, row: Row, layout: Layout): void {
  const { pdf } = page
  const { cells, height } = cellsOf(page, row, layout)
  if (height > innerHeight(pdf) * SHARE_MOST) {
    drawBelowOneAnother(page, row, layout)
    return
  }
  keepRoom(pdf, height)
  const element = pdf.struct('TR')
  layout.table.add(element)
  const { y } = pdf
  if (row.isHead)
    artifact(pdf, 'Layout', () => {
      pdf.rect(MARGIN.left, y, innerWidth(pdf), height).fill(SHADE)
    })
  let left = MARGIN.left + (layout.labels[0] === '' ? 0 : PAD)
  cells.forEach(({ text, look, width }, column) => {
    const at = left
    write({ pdf, root: element }, isLabel(layout, row, column) ? 'TH' : 'TD', () => {
      put(styled(pdf, look), text, { x: at, y: y + PAD, width })
    })
    left += width + GAP
  })
  rule(pdf, y + height)
  pdf.x = MARGIN.left
  pdf.y = y + height
}

/** A row that is too high for columns: each value under its label, over as many pages as it takes. */
function drawBelowOneAnother(page: Page, { values }: Row, layout: Layout): void {
  const { pdf, missing } = page
  const element = pdf.struct('TR')
  layout.table.add(element)
  const show = (tag: string, text: string, look: Look) => {
    write({ pdf, root: element }, tag, () => {
      put(styled(pdf, look), text, { x: MARGIN.left, width: innerWidth(pdf) })
    })
  }
  pdf.y += PAD
  values.forEach((value, column) => {
    const label = layout.labels[column]
    if (label === '') return
    keepRoom(pdf, 50)
    if (label !== undefined) show('TH', label, { font: BOLD, size: 9.2 })
    show('TD', value ?? missing, lookOf(value, { size: 9.2 }))
    pdf.y += PAD
  })
  rule(pdf, pdf.y)
}
