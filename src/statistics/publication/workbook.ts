import type { SheetData } from 'write-excel-file/node'
import writeXlsxFile from 'write-excel-file/node'
import { withStillClock } from './still-clock.ts'
import { columnsOf, notesOf, promiseOf, rowsOf, type Table } from './table.ts'

/** What a spreadsheet must not take for a formula. */
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** A sheet of figures and one of how to read them. */
export async function toWorkbook(table: Table): Promise<Buffer> {
  const cell = (value: string | number) => (typeof value === 'string' ? { value: inert(value) } : { value })
  const figures: SheetData = [columnsOf(table), ...rowsOf(table)].map((row) => row.map(cell))
  const notes: SheetData = [...promiseOf(table), ...notesOf(table)].map((line) => [{ value: line, wrap: true }])
  const workbook = await writeXlsxFile([
    { sheet: 'figures', data: figures },
    { sheet: 'notes', data: notes, columns: [{ width: 120 }] },
  ]).toBuffer()
  return withStillClock(workbook)
}
