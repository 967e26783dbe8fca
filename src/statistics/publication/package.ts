import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { toChart } from './chart.ts'
import { csvName, sdmxName, toCsv, toSdmxCsv } from './csv.ts'
import { csvwMetadata, dataPackage, dcatDataset } from './descriptors.ts'
import { fileName, notesOf, promiseOf, stem, type Table } from './table.ts'
import { toWorkbook } from './workbook.ts'

/** The archive's own clock stands still, so that the same table makes the same bytes. It is local time that zip keeps. */
const NO_TIME = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** The same table in every format, each with the promise. */
export async function filesOf(table: Table): Promise<[name: string, content: string | Buffer][]> {
  const name = stem(table)
  return [
    ['README.txt', `${[...promiseOf(table), ...notesOf(table)].join('\n\n')}\n`],
    ['datapackage.json', json(dataPackage(table))],
    [csvName(table), toCsv(table)],
    [`${csvName(table)}-metadata.json`, json(csvwMetadata(table))],
    ['dcat.jsonld', json(dcatDataset(table))],
    [sdmxName(table), toSdmxCsv(table)],
    [`${name}.xlsx`, await toWorkbook(table)],
    ...table.dimensions.map((dimension, axis): [string, string] => [
      `${name}-${fileName(dimension.name)}.svg`,
      toChart(table, axis),
    ]),
  ]
}

/** Everything that leaves, in one archive. */
export async function packageOf(table: Table): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [path, content] of await filesOf(table)) zip.addBuffer(Buffer.from(content), path, NO_TIME)
  zip.end()
  return buffer(zip.outputStream)
}
