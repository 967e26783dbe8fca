import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { type Api, DemoStopped } from './api.ts'

/** The file as it was written, and what there is to see in it. */
export type Counts = {
  readonly notes: readonly string[]
  readonly columns: string
  readonly shown: readonly string[]
  readonly hidden: readonly string[]
}

const HIDDEN = 'c'

/** Counts of victims by violation, country and year, as a coordinator may publish them; written as they came. */
export async function exportCounts(api: Api, file: string): Promise<Counts> {
  const body = { population: 'victims', dimensions: ['violation', 'country', 'year'] }
  const csv = await api('POST /v1/statistics/exports', { status: 200, reply: z.string(), body })
  await writeFile(file, csv)
  const lines = csv.trim().split(/\r?\n/)
  const notes = lines.filter((line) => line.startsWith('#'))
  const [columns, ...rows] = lines.slice(notes.length)
  if (columns !== 'violation,country,year,victims') throw new DemoStopped('the export has other columns than expected')
  const isHidden = (row: string) => row.endsWith(`,${HIDDEN}`)
  return { notes, columns, shown: rows.filter((row) => !isHidden(row)), hidden: rows.filter(isHidden) }
}
