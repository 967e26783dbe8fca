import PDFDocument from 'pdfkit'
import type { Block, DocumentModel, Of } from './model.ts'
import {
  artifact,
  BOLD,
  FAINT,
  innerHeight,
  innerWidth,
  keepRoom,
  lookOf,
  MARGIN,
  type Page,
  type Pdf,
  put,
  REGULAR,
  styled,
  write,
} from './pdf-page.ts'
import { drawFacts, drawTable, tallHeight } from './pdf-table.ts'
import { fit } from './text.ts'

const NO_MOMENT = new Date('2000-01-01T00:00:00Z')

/**
 * The document as a tagged PDF. Its font has every letter of the seven languages and lies in the file. The same model
 * gives the same bytes: no author, no program, no time is in it.
 */
export async function renderPdf(model: DocumentModel): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    tagged: true,
    pdfVersion: '1.7',
    lang: model.language,
    displayTitle: true,
    bufferPages: true,
    font: REGULAR,
    // It cannot do without a moment: this one tells nothing. The title goes into XML as it is.
    info: { Title: fit(model.title).replaceAll(/[<>&]/g, ' '), CreationDate: NO_MOMENT, Producer: '', Creator: '' },
  })
  const whole = bytesOf(pdf)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const page = { pdf, root, missing: model.missing }
  for (const [nth, block] of model.blocks.entries()) {
    if (nth % TURN === TURN - 1) await othersTurn()
    draw(page, block, model.blocks[nth + 1])
  }
  root.end()
  addHeadersAndFooters(pdf, model)
  pdf.end()
  return whole
}

/** Pages take the processor for themselves: after so many blocks, whoever else waits has their turn. */
const TURN = 20
const othersTurn = () => new Promise((resolve) => setImmediate(resolve))

function bytesOf(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    pdf.on('data', (part: Buffer) => parts.push(part))
    pdf.on('end', () => {
      resolve(Buffer.concat(parts))
    })
    pdf.on('error', reject)
  })
}

function draw(page: Page, block: Block, next: Block | undefined): void {
  const { pdf } = page
  switch (block.kind) {
    case 'page_break':
      pdf.addPage()
      return
    case 'heading':
      heading(page, block, next)
      return
    case 'paragraph':
      paragraph(page, block)
      break
    case 'list':
      list(page, block)
      break
    case 'figure':
      figure(page, block)
      break
    case 'facts':
      drawFacts(page, block)
      break
    case 'table':
      drawTable(page, block)
  }
  styled(pdf).moveDown(0.55)
}

const headings = {
  0: { tag: 'H1', size: 18, above: 0, below: 10 },
  1: { tag: 'H2', size: 13, above: 10, below: 5 },
  2: { tag: 'H3', size: 10.5, above: 5, below: 4 },
} as const

/** It stays with what it is the heading of: with all of what cannot be parted. */
function heading(page: Page, { level, text }: Of<'heading'>, next: Block | undefined): void {
  const { pdf } = page
  const { tag, size, above, below } = headings[level]
  keepRoom(pdf, above + size * 5 + heightOfWhole(next))
  if (pdf.y > MARGIN.top) pdf.y += above
  write(page, tag, () => {
    put(styled(pdf, { font: BOLD, size }), text, { x: MARGIN.left, width: innerWidth(pdf) })
  })
  pdf.y += below
}

function heightOfWhole(block: Block | undefined): number {
  if (block?.kind === 'figure') return heightOfFigure(block)
  return block?.kind === 'facts' && block.tall ? tallHeight(block) : 0
}

const looks = { strong: { font: BOLD }, note: { size: 8.6, colour: FAINT } } as const

function paragraph(page: Page, { text, look, align }: Of<'paragraph'>): void {
  const { pdf, missing } = page
  styled(pdf, lookOf(text, look && looks[look]))
  write(page, 'P', () => {
    put(pdf, text ?? missing, { x: MARGIN.left, width: innerWidth(pdf), ...(align && { align }) })
  })
}

const INDENT = 18

function list(page: Page, { items, numbered }: Of<'list'>): void {
  const { pdf, root } = page
  const element = pdf.struct('L')
  root.add(element)
  items.forEach((item, at) => {
    const entry = pdf.struct('LI')
    element.add(entry)
    const mark = numbered ? `${String(at + 1)}.` : '•'
    const width = innerWidth(pdf) - INDENT
    keepRoom(styled(pdf), 26)
    const { y } = pdf
    write({ pdf, root: entry }, 'Lbl', () => pdf.text(mark, MARGIN.left, y, { lineBreak: false }))
    write({ pdf, root: entry }, 'LBody', () => {
      put(pdf, item, { x: MARGIN.left + INDENT, y, width })
    })
    pdf.x = MARGIN.left
    pdf.y += 2
  })
}

const CAPTION = 30
const heightOfFigure = ({ drawing, width }: Of<'figure'>) => (width * drawing.height) / drawing.width + CAPTION

function figure(page: Page, block: Of<'figure'>): void {
  const { pdf, root } = page
  const { drawing, width, caption } = block
  const scale = width / drawing.width
  keepRoom(pdf, Math.min(heightOfFigure(block), innerHeight(pdf)))
  const { y } = pdf
  const draws = () => {
    pdf
      .save()
      .translate(MARGIN.left + (innerWidth(pdf) - width) / 2, y)
      .scale(scale)
    for (const { path, fill, stroke } of drawing.shapes) {
      if (fill !== undefined) pdf.path(path).fill(fill)
      if (stroke !== undefined) pdf.path(path).lineWidth(1).stroke(stroke)
    }
    pdf.restore()
  }
  root.add(pdf.struct('Figure', { alt: caption }, draws))
  pdf.y = y + drawing.height * scale + 6
  paragraph(page, { kind: 'paragraph', text: caption, look: 'note', align: 'center' })
}

/** Last, when it is known how many pages there are. */
function addHeadersAndFooters(pdf: Pdf, { header, footer }: DocumentModel): void {
  const { start, count } = pdf.bufferedPageRange()
  const width = innerWidth(pdf)
  for (let nth = 0; nth < count; nth += 1) {
    pdf.switchToPage(start + nth)
    // Below the margin a text would begin a page of its own.
    pdf.page.margins.bottom = 0
    const y = pdf.page.height - 48
    artifact(pdf, 'Pagination', () => {
      styled(pdf, { size: 8, colour: FAINT })
      if (header !== undefined) pdf.text(fit(header), MARGIN.left, 36, { width, lineBreak: false })
      pdf.text(fit(footer), MARGIN.left, y, { width: width - 60, lineBreak: false })
      pdf.text(`${String(nth + 1)} / ${String(count)}`, MARGIN.left, y, { width, align: 'right', lineBreak: false })
    })
  }
}
