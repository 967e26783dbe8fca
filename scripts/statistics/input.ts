import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { readCsv } from './read-csv.ts'

/** What protect-table and check-release are given: a cube as JSON and records as CSV. */

const name = z.string().min(1).max(200)
const at = z.record(name, name)
const group = z.strictObject({ name, leaves: z.array(name).min(1) })
const groups = z.union([
  z.array(group),
  z
    .record(name, z.array(name).min(1))
    .transform((all) => Object.entries(all).map(([of, leaves]) => ({ name: of, leaves }))),
])
const count = z.int().min(0)

const Cube = z.strictObject({
  dims: z
    .array(
      z.strictObject({
        name,
        leaves: z.array(name).min(1).max(1000),
        groups: groups.exactOptional(),
        sensitive: z.boolean().exactOptional(),
        recognisable: z.boolean().exactOptional(),
        only_earlier: z.boolean().exactOptional(),
      }),
    )
    .min(1)
    .max(7),
  margins: z.int().min(1).max(3).default(2),
  threshold: z.int().min(2).default(10),
  rounding: z.int().min(1).default(5),
  coin: z.number().min(0).max(0.99).default(0.05),
  org_dimension: name.exactOptional(),
  pairs: z.boolean().default(true),
  seed: z.union([z.string(), z.number()]).exactOptional(),
  population: name.default('records'),
  period: name.default('all'),
  within: at.exactOptional(),
  structural_zeros: z.array(at).exactOptional(),
  pools: z.array(z.strictObject({ at, persons: count })).exactOptional(),
  others_threshold: z.int().min(1).exactOptional(),
  earlier: z.array(z.strictObject({ at, lo: count, hi: count })).default([]),
})

/** The cube alone, as whoever has no records reads it. */
export const readCube = (file: string) => readJson(file, Cube)

export type Input = Awaited<ReturnType<typeof readInput>>

// eslint-disable-next-line complexity -- each condition is one demand on the input
export async function readInput(cubeFile: string, recordsFile: string) {
  const { org_dimension: owner, seed, population, period, within, earlier, ...cube } = await readJson(cubeFile, Cube)
  const told = { seed, population, period, within, earlier }
  const table = readCsv(await textOf(recordsFile))
  if (table.length === 0) throw new Error(`${recordsFile}: has no records`)
  const rows = table.map((record, line) => cube.dims.map((dim) => codeOf(dim, record[dim.name], line)))
  if (owner === undefined) return { cube, records: { rows }, ...told }
  const isDim = cube.dims.find((dim) => dim.name === owner)
  if (isDim === undefined && table[0]?.[owner] === undefined) throw new Error(`${recordsFile}: has no column ${owner}`)
  const organisations = [...(isDim?.leaves ?? new Set(table.map((record) => record[owner] ?? '').sort()))]
  const own = table.map((record) => organisations.indexOf(record[owner] ?? ''))
  const known = { organisations, ...(isDim === undefined ? {} : { organisation_dimension: owner }) }
  return { cube: { ...cube, ...known }, records: { rows, organisations: own }, ...told }
}

function codeOf(dim: { name: string; leaves: readonly string[] }, value: string | undefined, line: number): number {
  if (value === undefined) throw new Error(`the records have no column ${dim.name}`)
  const code = dim.leaves.indexOf(value)
  if (code < 0) throw new Error(`record ${String(line + 1)} has a code in ${dim.name} that is not in the cube`)
  return code
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new Error(`${file}: cannot be read`)
  })
}

export async function readJson<Shape>(file: string, shape: z.ZodType<Shape>): Promise<Shape> {
  const text = await textOf(file)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${file}: is not JSON`)
  }
  const parsed = shape.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is not as it must be'}`)
}
