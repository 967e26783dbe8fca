import { columnsOf, notesOf, promiseOf, stem, type Table, TOTAL } from './table.ts'
import { csvName, sdmxName } from './csv.ts'

const NUMBERS = new Set(['value', 'value_low', 'value_high'])

type Field = {
  readonly name: string
  readonly title: string
  readonly isNumber: boolean
  readonly codes?: readonly string[]
}

/** The columns, described once for all three vocabularies. */
function fieldsOf(table: Table): Field[] {
  const byName = new Map(table.dimensions.map((dimension) => [dimension.name, dimension]))
  return columnsOf(table).map((name) => {
    const dimension = byName.get(name)
    if (dimension !== undefined)
      return { name, title: dimension.title, isNumber: false, codes: [...dimension.codes, TOTAL] }
    return { name, title: name, isNumber: NUMBERS.has(name), ...(name === 'status' ? { codes: ['A', 'C'] } : {}) }
  })
}

const titleOf = ({ population, period, dimensions }: Table): string =>
  `Reported ${population} of ${period}${dimensions.length === 0 ? '' : ` by ${dimensions.map(({ title }) => title.toLowerCase()).join(', ')}`}`

const description = (table: Table): string => [...promiseOf(table), ...notesOf(table)].join('\n\n')

/** A Frictionless Data Package (version 1). */
export function dataPackage(table: Table): object {
  const keys = [...table.dimensions.map(({ name }) => name), 'period']
  return {
    profile: 'tabular-data-package',
    name: stem(table),
    id: table.id,
    title: titleOf(table),
    description: description(table),
    resources: [
      {
        profile: 'tabular-data-resource',
        name: stem(table),
        path: csvName(table),
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        schema: {
          fields: fieldsOf(table).map(({ name, title, isNumber, codes }) => ({
            name,
            title,
            type: isNumber ? 'integer' : 'string',
            ...(codes === undefined ? {} : { constraints: { required: true, enum: codes } }),
          })),
          missingValues: [''],
          primaryKey: keys,
        },
      },
    ],
  }
}

/** Metadata of CSV on the Web (W3C), for the same file. */
export function csvwMetadata(table: Table): object {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: csvName(table),
    'dc:title': titleOf(table),
    'dc:description': description(table),
    'dc:identifier': table.id,
    tableSchema: {
      columns: fieldsOf(table).map(({ name, title, isNumber }) => ({
        name,
        titles: name,
        'dc:description': title,
        datatype: isNumber ? 'integer' : 'string',
        required: !isNumber,
        null: '',
      })),
      primaryKey: [...table.dimensions.map(({ name }) => name), 'period'],
    },
  }
}

/** A DCAT 3 dataset (JSON-LD) with its distributions. */
export function dcatDataset(table: Table): object {
  const distribution = (path: string, mediaType: string) => ({
    '@type': 'dcat:Distribution',
    'dcat:downloadURL': { '@id': path },
    'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${mediaType}` },
  })
  return {
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dcterms: 'http://purl.org/dc/terms/' },
    '@id': `urn:uuid:${table.id}`,
    '@type': 'dcat:Dataset',
    'dcterms:title': titleOf(table),
    'dcterms:description': description(table),
    'dcterms:temporal': table.period,
    'dcat:distribution': [
      distribution(csvName(table), 'text/csv'),
      distribution(sdmxName(table), 'application/vnd.sdmx.data+csv'),
      distribution(`${stem(table)}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    ],
  }
}
