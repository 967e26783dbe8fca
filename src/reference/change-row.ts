import { homeOf } from '../platform/access/home.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { newId } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { rowExists } from './problems.ts'
import { insertVersion, rowHash } from './repo.ts'
import { type ReferenceFile, rowSchemas } from './schema.ts'
import type { NewRow, RowChange, RowReceipt } from './schema-wire.ts'
import { allVersions } from './service.ts'

type Place = { readonly file: ReferenceFile; readonly row: string }

/** A row that the file does not have yet. */
export function addRow(op: Op<'reference.add_row'>, file: ReferenceFile, given: NewRow): Promise<RowReceipt> {
  const { row, ...change } = given
  return op.act(async (act) => {
    if ((await latestOf(act, { file, row })) > 0) throw new Problem(rowExists)
    return insert(act, { file, row, version: 1 }, change)
  })
}

type Changing = Place & { readonly version: number; readonly change: RowChange }

/** A later version of a row: what it was stays, and answers for the days on which the later one is not valid. */
export function changeRow(op: Op<'reference.change_row'>, { file, row, version, change }: Changing) {
  return op.act(async (act) => {
    const latest = await latestOf(act, { file, row })
    if (latest === 0) throw new Problem(notFound)
    if (latest !== version) throw new Problem(staleVersion)
    return insert(act, { file, row, version: latest + 1 }, change)
  })
}

async function latestOf(act: Act, { file, row }: Place): Promise<number> {
  const versions = (await allVersions(act)).filter((found) => found.file === file && found.row === row)
  return Math.max(0, ...versions.map(({ version }) => version))
}

async function insert(
  act: Act<'reference.add_row' | 'reference.change_row'>,
  { file, row, version }: Place & { version: number },
  { content, valid_from, valid_to = null }: Omit<RowChange, 'valid_to'> & { valid_to?: string | null | undefined },
): Promise<RowReceipt> {
  checkContent(file, content)
  const id = newId('reference_rows')
  const made = { made_by: act.actor.id, made_on: dayOf(act.services.now()) }
  const home = { id, organisation_id: homeOf(act.actor), row_hash: rowHash(act, file, row) }
  const version_row = { ...home, version, valid_from, valid_to, ...made }
  if (!(await insertVersion(act, version_row, new Secret({ file, row, content })))) throw new Problem(staleVersion)
  return { id, file, row, version }
}

/** 400 with the places that do not fit, and never what stands there. */
function checkContent(file: ReferenceFile, content: unknown): void {
  const found = rowSchemas[file].safeParse(content)
  if (found.success) return
  const errors = found.error.issues.map(({ path }) => ({
    pointer: ['#/content', ...path.map(String)].join('/'),
    detail: 'does not fit a row of this file',
  }))
  throw new Problem(invalidRequest, { errors })
}
