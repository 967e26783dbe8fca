import { Document, Footer, Header, LineRuleType, Packer, PageNumber, Paragraph, TabStopType, TextRun } from 'docx'
import { drawn } from './docx-blocks.ts'
import { FAINT, FONT, WIDTH } from './docx-look.ts'
import type { DocumentModel } from './model.ts'
import { fit } from './text.ts'
import { withoutTimes } from './zip-times.ts'

const MARGIN = { top: 1280, bottom: 1280, left: 1280, right: 1226, header: 600, footer: 600 }

/**
 * The document for a word processor, to be worked on further. The same model gives the same bytes: no author, no program,
 * no time is in it.
 */
export async function renderDocx(model: DocumentModel): Promise<Buffer> {
  const { title, language, header, footer, missing, blocks } = model
  const children = await Promise.all(blocks.map((block, at) => drawn(block, { missing, at })))
  const file = new Document({
    title: fit(title),
    styles: { default: stylesFor(language) },
    numbering: { config: [numbers] },
    sections: [
      {
        properties: { page: { size: { width: 11_906, height: 16_838 }, margin: MARGIN } },
        ...(header !== undefined && { headers: { default: new Header({ children: [faint([fit(header)])] }) } }),
        footers: {
          default: new Footer({
            children: [faint([fit(footer), '\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES])],
          }),
        },
        children: children.flat(),
      },
    ],
  })
  return withoutTimes(await Packer.toBuffer(file, undefined, [{ path: 'docProps/core.xml', data: core(title) }]))
}

const stylesFor = (language: string) => ({
  document: {
    run: { font: FONT, size: 21, language: { value: language } },
    paragraph: { spacing: { after: 120, line: 276, lineRule: LineRuleType.AUTO } },
  },
  title: { run: { font: FONT, size: 36, bold: true }, paragraph: { spacing: { after: 240 } } },
  heading1: { run: { font: FONT, size: 27, bold: true }, paragraph: { spacing: { before: 320, after: 120 } } },
  heading2: { run: { font: FONT, size: 22, bold: true }, paragraph: { spacing: { before: 200, after: 80 } } },
})

const numbers = {
  reference: 'numbers',
  levels: [
    {
      level: 0,
      format: 'decimal',
      text: '%1.',
      style: { paragraph: { indent: { left: 420, hanging: 420 } } },
    },
  ],
} as const

const faint = (children: string[]) =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: WIDTH }],
    children: [new TextRun({ size: 16, color: FAINT, children })],
  })

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What the file says of itself: its title and no more. */
const core = (title: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${fit(title).replaceAll(/[&<>]/g, (letter) => entities[letter] ?? '')}</dc:title></cp:coreProperties>`
