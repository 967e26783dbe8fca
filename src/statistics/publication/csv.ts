import { stringify } from 'csv-stringify/sync'
import { columnsOf, rowsOf, stem, type Table } from './table.ts'

/** Tidy data, one row a cell. */
export const toCsv = (table: Table): string =>
  stringify(rowsOf(table), { header: true, columns: columnsOf(table), escape_formulas: true, record_delimiter: 'unix' })

/** SDMX-CSV 2.0. One confidentiality status for all that is hidden: to tell them apart would publish which is small. */
export function toSdmxCsv(table: Table): string {
  const { dimensions, figures, period, population } = table
  const structure = ['dataflow', `GUVOH:${population.toUpperCase()}(1.0.0)`, 'I']
  const columns = [
    'STRUCTURE',
    'STRUCTURE_ID',
    'ACTION',
    ...dimensions.map(({ name }) => name.toUpperCase()),
    'TIME_PERIOD',
    'OBS_VALUE',
    'OBS_VALUE_LOW',
    'OBS_VALUE_HIGH',
    'CONF_STATUS',
  ]
  const rows = figures.map(({ at, shown }) => [
    ...structure,
    ...at,
    period,
    shown?.value ?? '',
    shown?.low ?? '',
    shown?.high ?? '',
    shown === null ? 'C' : 'F',
  ])
  return stringify(rows, { header: true, columns, escape_formulas: true, record_delimiter: 'unix' })
}

export const csvName = (table: Table): string => `${stem(table)}.csv`
export const sdmxName = (table: Table): string => `${stem(table)}-sdmx.csv`
