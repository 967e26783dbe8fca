/** The rows of a CSV text (RFC 4180), each by the names in its first line. */
export function readCsv(text: string): Record<string, string>[] {
  const [header = [], ...lines] = rowsIn(text.replace(/^\uFEFF/, ''))
  return lines.map((cells, index) => {
    if (cells.length !== header.length) throw new Error(`line ${String(index + 2)} has not as many cells as the first`)
    return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']))
  })
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y

// eslint-disable-next-line complexity -- a small state machine, clearer in one piece
function rowsIn(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const match = CELL.exec(text)
    if (match === null) throw new Error(`line ${String(rows.length + 1)} is not CSV`)
    const [, quoted, plain = '', end] = match
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push([...row, ''])
  return rows
}
