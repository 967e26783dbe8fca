import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, type DocumentModel, missingIn } from '../../../src/platform/documents/model.ts'
import { type DocumentFormat, render } from '../../../src/platform/documents/render.ts'
import { filesOfDocx, isWellFormed, textOfDocx } from './read-docx.ts'
import { textOfPdf } from './read-pdf.ts'

const letters = {
  en: 'AaBbYyZz',
  ru: 'АаБбЁёЙйЪъЫыЩщЯя',
  kk: 'ӘәҒғҚқҢңӨөҰұҮүҺһІі ǴǵŃńÚúÍıŞş',
  ky: 'ҢңӨөҮү',
  tg: 'ҒғӢӣҚқӮӯҲҳҶҷ',
  uz: 'ЎўҚқҒғҲҳ OʻoʻGʻgʻ',
  tk: 'ÄäÇçŇňÖöŞşÜüÝýŽž',
}

const documentOf = (...blocks: Block[]): DocumentModel => ({
  title: 'Invented',
  language: 'ru',
  missing: '[missing]',
  header: 'header',
  footer: 'footer',
  blocks,
})
const everywhere = (text: string): DocumentModel =>
  documentOf(
    { kind: 'heading', level: 1, text },
    { kind: 'paragraph', text },
    { kind: 'facts', rows: [[text, text]] },
    { kind: 'table', head: [text, 'B'], rows: [[text, text]] },
    { kind: 'list', items: [text] },
  )
const triangle = { width: 10, height: 10, shapes: [{ path: 'M0 0 L10 0 L5 10 Z', fill: '#ffffff', stroke: '#000000' }] }

async function textOf(model: DocumentModel, format: DocumentFormat): Promise<string> {
  const file = await render(model, format)
  return format === 'pdf' ? textOfPdf(file) : textOfDocx((await filesOfDocx(file)).files)
}
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length

describe.each(['pdf', 'docx'] as const)('a document as %s', (format) => {
  test('has every letter of the seven languages, in every kind of block', async () => {
    for (const some of Object.values(letters)) {
      const shown = await textOf(everywhere(some), format)

      expect(shown.replaceAll(/\s/g, '').split(some.replace(' ', '')).length - 1).toBe(8)
    }
  })

  test('is the same to the byte whenever it is made', async () => {
    const model = documentOf(
      ...everywhere('Invented.').blocks,
      { kind: 'list', numbered: true, items: ['one'] },
      { kind: 'figure', drawing: triangle, width: 40, caption: 'figure' },
    )
    const first = await render(model, format)
    await new Promise((resolve) => setTimeout(resolve, 2_100))

    expect((await render(model, format)).equals(first)).toBe(true)
  })

  test('marks what is missing, where it is missing', async () => {
    const model = documentOf(
      { kind: 'paragraph', text: null },
      { kind: 'facts', rows: [['label', null]] },
      { kind: 'table', head: ['a', 'b'], rows: [['x', null]] },
    )

    expect((await textOf(model, format)).split('[missing]').length - 1).toBe(3)
  })

  test('has no marks that turn the reading direction', async () => {
    expect(await textOf(everywhere('one\u202Etwo'), format)).toContain('onetwo')
  })
})

test('what is missing is listed under its heading, once', () => {
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: 'One' },
    { kind: 'paragraph', text: null },
    {
      kind: 'facts',
      rows: [
        ['known', 'x'],
        ['label', null],
        ['label', null],
      ],
    },
    { kind: 'heading', level: 2, text: 'Two' },
    {
      kind: 'table',
      head: ['a', 'b'],
      rows: [
        ['x', null],
        ['y', null],
      ],
    },
  ]

  expect(missingIn(blocks)).toEqual(['One', 'One: label', 'One: Two: b'])
})

describe('a PDF', () => {
  test('is tagged, says its language, and says nothing of its making', async () => {
    const pdf = (await render(everywhere('Invented.'), 'pdf')).toString('latin1')

    expect(pdf).toContain('/Marked true')
    expect(pdf).toContain('/Lang (ru)')
    expect(pdf).not.toMatch(new RegExp(`PDFKit|D:${String(new Date().getFullYear())}`))
  })

  test('begins a page at a page break, and goes on over pages in a cell too', async () => {
    const broken = documentOf(
      { kind: 'paragraph', text: 'a' },
      { kind: 'page_break' },
      { kind: 'paragraph', text: 'b' },
    )
    const long = 'Invented words. '.repeat(1_000)

    expect(pagesOf(await render(broken, 'pdf'))).toBe(2)
    expect(pagesOf(await render(documentOf({ kind: 'facts', rows: [['a', long]] }), 'pdf'))).toBeGreaterThan(2)
  })

  test('repeats the head of a table on each page', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [String(at), 'x'])
    const pdf = await render(documentOf({ kind: 'table', head: ['first head', 'b'], rows }), 'pdf')

    expect(textOfPdf(pdf).split('first head').length - 1).toBe(pagesOf(pdf))
  })

  test('has the words of Arabic script in their order, joined to one piece', async () => {
    const shown = await textOf(documentOf({ kind: 'paragraph', text: 'by محمد رحیم (here)' }), 'pdf')

    // Both words, the last letter first: as one piece set from the right.
    expect(shown).toContain('\u0645\u06CC\u062D\u0631\u00A0\u062F\u0645\u062D\u0645')
  })
})

describe('a DOCX', () => {
  test('is well-formed XML whatever the text, and says nothing of its making', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const { files, packedAt } = await filesOfDocx(await render(everywhere(`<&>${text}`), 'docx'))

        expect([...files.values()].every(isWellFormed)).toBe(true)
        expect(packedAt.size).toBe(1)
        expect(files.get('docProps/core.xml')).not.toMatch(/creator|modified|created/i)
      }),
      { numRuns: 30 },
    )
  })
})
