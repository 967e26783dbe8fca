import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  HeightRule,
  ImageRun,
  PageBreak,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { FAINT, WIDTH } from './docx-look.ts'
import { pngOf } from './drawing.ts'
import type { Block, Of, Value } from './model.ts'
import { fit, linesOf, runsOf } from './text.ts'

const ALARM = 'A3161A'
const line = { style: BorderStyle.SINGLE, size: 4, color: 'C4C4C4' }
const none = { style: BorderStyle.NONE, size: 0, color: 'FFFFFF' }

type Place = { readonly missing: string; readonly at: number }

/** A block as the parts of a word processor's page. `at` is its place in the document. */
export async function drawn(block: Block, place: Place): Promise<(Paragraph | Table)[]> {
  const { missing } = place
  switch (block.kind) {
    case 'page_break':
      return [new Paragraph({ spacing: { after: 0 }, children: [new PageBreak()] })]
    case 'heading':
      return [
        new Paragraph({ heading: headings[block.level], keepNext: true, children: runs(block.text, { missing }) }),
      ]
    case 'paragraph':
      return [paragraph(block, missing)]
    case 'list':
      return items(block, place)
    case 'figure':
      return figure(block, place)
    case 'facts':
      return [facts(block, missing), gap()]
    case 'table':
      return [table(block, missing), gap()]
  }
}

const headings = { 0: HeadingLevel.TITLE, 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2 } as const
const gap = () => new Paragraph({ spacing: { after: 60 } })

type Look = { readonly missing: string; readonly bold?: boolean; readonly size?: number; readonly color?: string }

/** The text with its line breaks. What is written from right to left is marked so: the word processor shapes it. */
function runs(value: Value, { missing, ...look }: Look): TextRun[] {
  const marked = value === null ? { ...look, bold: true, color: ALARM } : look
  return linesOf(value ?? missing).flatMap((text, nth) =>
    runsOf(text).map(
      (run, at) =>
        new TextRun({
          ...marked,
          text: run.text,
          ...(run.isFromRight && { rightToLeft: true }),
          ...(nth > 0 && at === 0 && { break: 1 }),
        }),
    ),
  )
}

function paragraph({ text, look, align }: Of<'paragraph'>, missing: string): Paragraph {
  const note = look === 'note' ? { size: 18, color: FAINT } : {}
  return new Paragraph({
    ...(align !== undefined && { alignment: align === 'right' ? AlignmentType.RIGHT : AlignmentType.CENTER }),
    children: runs(text, { missing, ...note, ...(look === 'strong' && { bold: true }) }),
  })
}

/** `instance` lets each numbered list begin at one. */
const items = ({ items: texts, numbered }: Of<'list'>, { missing, at }: Place) =>
  texts.map(
    (text, nth) =>
      new Paragraph({
        spacing: { after: nth < texts.length - 1 ? 60 : 160 },
        ...(numbered ? { numbering: { reference: 'numbers', level: 0, instance: at } } : { bullet: { level: 0 } }),
        children: runs(text, { missing }),
      }),
  )

// Points to the pixels in which a picture's size is told.
const PIXELS = 96 / 72

async function figure({ drawing, width, caption }: Of<'figure'>, { missing, at }: Place): Promise<Paragraph[]> {
  const height = (width * drawing.height) / drawing.width
  const image = new ImageRun({
    type: 'png',
    data: await pngOf(drawing, width),
    transformation: { width: Math.round(width * PIXELS), height: Math.round(height * PIXELS) },
    altText: { id: String(at + 1), name: `figure ${String(at + 1)}`, description: fit(caption) },
  })
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, children: [image] }),
    paragraph({ kind: 'paragraph', text: caption, look: 'note', align: 'center' }, missing),
  ]
}

const facts = ({ rows, tall }: Of<'facts'>, missing: string): Table =>
  tableOf(rows, { missing, shares: [0.34, 0.66], isTall: tall === true, isBold: (_row, column) => column === 0 })

function table({ head, rows, widths }: Of<'table'>, missing: string): Table {
  const shares = widths ?? head.map(() => 1 / head.length)
  return tableOf([head, ...rows], { missing, shares, isTall: false, isBold: (row) => row === 0, hasHead: true })
}

type Layout = {
  readonly missing: string
  readonly shares: readonly number[]
  readonly isTall: boolean
  readonly hasHead?: boolean
  isBold(row: number, column: number): boolean
}

function tableOf(rows: readonly (readonly Value[])[], layout: Layout): Table {
  const columnWidths = layout.shares.map((share) => Math.round(WIDTH * share))
  return new Table({
    columnWidths,
    width: { size: WIDTH, type: WidthType.DXA },
    borders: { top: line, left: none, right: none, bottom: line, insideVertical: none, insideHorizontal: line },
    rows: rows.map((values, row) => {
      const isHead = layout.hasHead === true && row === 0
      return new TableRow({
        ...(isHead && { tableHeader: true, cantSplit: true }),
        ...(layout.isTall && { height: { value: 620, rule: HeightRule.ATLEAST } }),
        children: values.map((value, column) => {
          const look = { missing: layout.missing, size: 19, bold: layout.isBold(row, column) }
          return cell(value, { look, isHead, keepNext: layout.isTall, width: columnWidths[column] ?? 0 })
        }),
      })
    }),
  })
}

type Cell = { readonly look: Look; readonly isHead: boolean; readonly keepNext: boolean; readonly width: number }

const cell = (value: Value, { look, isHead, keepNext, width }: Cell): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { top: 60, bottom: 60, left: 60, right: 120 },
    ...(isHead && { shading: { type: ShadingType.CLEAR, fill: 'F2F2F2', color: 'auto' } }),
    children: [new Paragraph({ keepNext, spacing: { after: 0 }, children: runs(value, look) })],
  })
