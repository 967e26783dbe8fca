import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Api } from './api.ts'

/** Counts of victims by violation, country and year, as a coordinator may publish them; written as they came. */
export async function exportCounts(api: Api, file: string): Promise<string[]> {
  const csv = await api('POST /v1/statistics/exports', { status: 200, reply: z.string(), body: {} })
  await writeFile(file, csv)
  return csv.trim().split(/\r?\n/)
}
