import { expect, test } from 'vitest'
import { toChart } from '../../src/statistics/publication/chart.ts'
import { toCsv } from '../../src/statistics/publication/csv.ts'
import { packageOf } from '../../src/statistics/publication/package.ts'
import type { Table } from '../../src/statistics/publication/table.ts'
import { filesIn, rowsOf } from './releasing.ts'

const shown = (value: number) => ({ value, low: value - 2, high: value + 2 })

const table: Table = {
  id: '9e0c1a52-3f7b-4c1d-8a55-6b2d9c3e4f21',
  population: 'victims',
  unit: 'Victims.',
  period: '2026-Q1',
  persons_least: 10,
  rounding: 5,
  isPooled: false,
  dimensions: [{ name: 'country', title: 'Country', codes: ['KG', 'TJ', '=1+1', '@SUM(1)'] }],
  figures: [
    { at: ['_T'], shown: shown(100) },
    { at: ['KG'], shown: shown(40) },
    { at: ['TJ'], shown: shown(20) },
    { at: ['=1+1'], shown: null },
    { at: ['@SUM(1)'], shown: null },
  ],
}

test('the same table makes the same bytes, whenever it is made', async () => {
  const one = await packageOf(table)
  await new Promise((later) => setTimeout(later, 2_100))
  const two = await packageOf(table)

  expect(one.equals(two)).toBe(true)
})

test('a spreadsheet runs nothing that stands in it', async () => {
  const sdmx = (await filesIn(await packageOf(table))).get('victims-2026-q1-sdmx.csv') ?? ''

  for (const rows of [rowsOf(toCsv(table)), rowsOf(sdmx)])
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).toMatch(/^[^=+@-]|^$/)
})

test('a chart draws what is hidden over the full length, all of it alike', () => {
  const chart = toChart(table, 0)

  const hidden = [...chart.matchAll(/width="(\d+)" height="\d+" fill="url\(#hidden\)"/g)].map(([, width]) => width)
  expect(hidden).toEqual(['420', '420'])
  expect(chart.match(/>hidden</g)).toHaveLength(2)
})

test('its scale and its text follow from the shown figures alone', () => {
  const widths = (chart: string) => [...chart.matchAll(/width="(\d+)" height="18" fill="#/g)].map(([, width]) => width)

  expect(widths(toChart(table, 0))).toEqual(['420', '210'])
  expect(/<desc>(.*)<\/desc>/.exec(toChart(table, 0))?.[1]).not.toMatch(/\b(40|20|100)\b/)
})
