import { buffer } from 'node:stream/consumers'
import yazl from 'yazl'
import { toChart } from './chart.ts'
import { csvName, sdmxName, toCsv, toSdmxCsv } from './csv.ts'
import { csvwMetadata, dataPackage, dcatDataset } from './descriptors.ts'
import { notesOf, promiseOf, stem, type Table } from './table.ts'
import { toWorkbook } from './workbook.ts'

/** The archive's own clock stands still, so that the same table makes the same bytes. It is local time that zip keeps. */
const NO_TIME = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true }

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** Everything that leaves, in one archive: the same table in every format, each with the promise. */
export async function packageOf(table: Table): Promise<Buffer> {
  const name = stem(table)
  const files: [string, string | Buffer][] = [
    ['README.txt', `${[...promiseOf(table), ...notesOf(table)].join('\n\n')}\n`],
    ['datapackage.json', json(dataPackage(table))],
    [csvName(table), toCsv(table)],
    [`${csvName(table)}-metadata.json`, json(csvwMetadata(table))],
    ['dcat.jsonld', json(dcatDataset(table))],
    [sdmxName(table), toSdmxCsv(table)],
    [`${name}.xlsx`, await toWorkbook(table)],
    ...table.dimensions.map((dimension, axis): [string, string] => [
      `${name}-${dimension.name}.svg`,
      toChart(table, axis),
    ]),
  ]
  const zip = new yazl.ZipFile()
  for (const [path, content] of files) zip.addBuffer(Buffer.from(content), path, NO_TIME)
  zip.end()
  return buffer(zip.outputStream)
}
