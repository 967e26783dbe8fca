import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Content, type ReferenceFile, rowSchemas } from './schema.ts'

/** A row as it lies in its file. */
export type FileRow = { readonly row: string; readonly content: Content }

/** Where a file keeps its rows, and what names one of them; a model is one row for each of its parts. */
const listed: Partial<Record<ReferenceFile, { list: string; nameOf: (row: Content) => string }>> = {
  acceptance: { list: 'rows', nameOf: ({ state, mechanism }) => `${String(state)}-${String(mechanism)}` },
  complaint_form: { list: 'sections', nameOf: ({ id }) => String(id) },
  deadline_rules: { list: 'rules', nameOf: ({ code }) => String(code) },
  domestic_ladder: { list: 'steps', nameOf: ({ code }) => String(code) },
  exhaustion_rules: { list: 'rules', nameOf: ({ code }) => String(code) },
  mechanisms: { list: 'mechanisms', nameOf: ({ id }) => String(id) },
  other_mechanisms: { list: 'mechanisms', nameOf: ({ id }) => String(id) },
  submission_forms: { list: 'forms', nameOf: ({ id }) => String(id) },
  views: { list: 'views', nameOf: ({ symbol }) => String(symbol).split(', ')[0]?.replaceAll('/', '-') ?? '' },
  work_calendars: { list: 'calendars', nameOf: ({ code }) => String(code) },
}

const File = z.looseObject({ as_of: z.string().min(10) })
const Rows = z.array(z.record(z.string(), z.unknown())).min(1).max(1_000)

/** The rows of one file of `folder`, checked: the first fault stops the caller with file, row and reason. */
export function readFileRows(folder: URL, file: ReferenceFile): FileRow[] {
  const found = checked(File, parse(folder, file), { file, path: [] })
  const place = listed[file]
  const rows =
    place === undefined
      ? Object.entries(found).map(([part, value]) => ({ row: part, content: { part, value } }))
      : checked(Rows, found[place.list], { file, path: [place.list] }).map((content) => ({
          row: place.nameOf(content),
          content,
        }))
  for (const [at, { row, content }] of rows.entries()) {
    checked(rowSchemas[file], content, { file, path: [`row ${String(at + 1)}`, row] })
    if (rows.findIndex((other) => other.row === row) < at) throw fault({ file, path: [row] }, 'the row stands twice')
  }
  return rows
}

type Where = { readonly file: ReferenceFile; readonly path: readonly PropertyKey[] }

function checked<S extends z.ZodType>(schema: S, value: unknown, { file, path }: Where): z.output<S> {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw fault({ file, path: [...path, ...(issue?.path ?? [])] }, issue?.message ?? 'does not fit')
}

function parse(folder: URL, file: ReferenceFile): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8'))
  } catch {
    throw fault({ file, path: [] }, 'not there, or not JSON')
  }
}

const fault = ({ file, path }: Where, reason: string) =>
  new Error([`schemas/reference/${file}.json`, ...path.map(String)].join(', ') + `: ${reason}`)
