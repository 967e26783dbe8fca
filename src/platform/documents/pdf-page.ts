import { createRequire } from 'node:module'
import type { Value } from './model.ts'
import { linesOf, runsOf } from './text.ts'

const require = createRequire(import.meta.url)
const fonts = require.resolve('dejavu-fonts-ttf/package.json').replace('package.json', 'ttf/')
export const REGULAR = `${fonts}DejaVuSansCondensed.ttf`
export const BOLD = `${fonts}DejaVuSansCondensed-Bold.ttf`

export const MARGIN = { top: 72, bottom: 72, left: 64, right: 60 }
const INK = '#1a1a1a'
export const FAINT = '#666666'
const ALARM = '#a3161a'
const LINE = '#c4c4c4'

export type Pdf = PDFKit.PDFDocument
export type Element = PDFKit.PDFStructureElement
/** Where a block is drawn: the file, and the element of its structure that it becomes a part of. */
export type Page = { readonly pdf: Pdf; readonly root: Element; readonly missing: string }

export type Look = { readonly font?: string; readonly size?: number; readonly colour?: string; readonly gap?: number }

export const styled = (pdf: Pdf, { font = REGULAR, size = 10, colour = INK, gap = 2.5 }: Look = {}): Pdf =>
  pdf.font(font).fontSize(size).fillColor(colour).lineGap(gap)

/** How a value looks: what is missing must not be overlooked. */
export const lookOf = (value: Value, look: Look = {}): Look =>
  value === null ? { ...look, font: BOLD, colour: ALARM } : look

/** One element of the structure that screen readers follow, with what it shows. */
export function write({ pdf, root }: Pick<Page, 'pdf' | 'root'>, tag: string, show: () => void): void {
  root.add(pdf.struct(tag, {}, show))
}

export const innerWidth = (pdf: Pdf) => pdf.page.width - MARGIN.left - MARGIN.right
export const innerHeight = (pdf: Pdf) => pdf.page.height - MARGIN.top - MARGIN.bottom

/** Begins a page unless so much still fits on this one. */
export function keepRoom(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN.bottom) pdf.addPage()
}

/** What is drawn for the eye alone. */
export function artifact(pdf: Pdf, type: 'Layout' | 'Pagination', show: () => void): void {
  pdf.markContent('Artifact', { type })
  show()
  pdf.endMarkedContent()
}

/** A thin line over the whole width. */
export function rule(pdf: Pdf, y: number): void {
  artifact(pdf, 'Layout', () => {
    const right = pdf.page.width - MARGIN.right
    pdf.moveTo(MARGIN.left, y).lineTo(right, y).lineWidth(0.5).strokeColor(LINE).stroke()
  })
}

type Spot = { readonly x: number; readonly y?: number; readonly width: number; readonly align?: 'right' | 'center' }

/**
 * Puts a text on the page, in the look that is set. The writer of the file shapes a piece at a time and sets pieces from
 * the left: so words that run from the right are a piece of their own, as many together as fit in a line.
 */
export function put(pdf: Pdf, text: string, { x, y = pdf.y, ...options }: Spot): void {
  pdf.x = x
  pdf.y = y
  const lines = linesOf(text)
  if (!lines.some((line) => runsOf(line).some(({ isFromRight }) => isFromRight))) {
    pdf.text(lines.join('\n'), options)
    return
  }
  for (const line of lines) {
    const runs = runsOf(line)
    runs.forEach((run, nth) => {
      const shown = run.isFromRight ? joined(run.text, (some) => pdf.widthOfString(some) <= options.width) : run.text
      pdf.text(shown || ' ', { ...options, continued: nth < runs.length - 1 })
    })
  }
}

/** How high it will be, in the look that is set. */
export const heightOf = (pdf: Pdf, text: string, width: number): number =>
  pdf.heightOfString(linesOf(text).join('\n'), { width })

function joined(text: string, isFitting: (text: string) => boolean): string {
  const groups: string[] = []
  for (const word of text.split(/[ \u00A0]+/)) {
    const last = groups.at(-1)
    const longer = last === undefined ? word : `${last}\u00A0${word}`
    if (last !== undefined && isFitting(longer)) groups[groups.length - 1] = longer
    else groups.push(word)
  }
  return groups.join(' ')
}
