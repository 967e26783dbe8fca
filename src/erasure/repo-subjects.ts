import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

/** What may be erased, with what decides whether it may be now and by whom. */
export type SubjectRow = {
  readonly kind: 'case' | 'person'
  readonly id: Id<string>
  readonly organisation_id: Id<'organisations'>
  readonly reference: string | null
  readonly keyring_id: Id<'keyrings'> | null
  /** The part of the asking user on a team of it. */
  readonly my_part: string | null
  readonly is_walled: boolean
  readonly is_held: boolean
  readonly is_at_rest: boolean
  /** How many cases it stands in. */
  readonly cases: number
}

export type Named = { readonly kind: 'case' | 'person'; readonly id: Id<string> }

/** The subject as `userId` stands to it; undefined when there is none, or when it was erased. */
export async function findSubject(db: Reader, named: Named, userId: Id<'users'>) {
  const rows = await db
    .selectFrom('cases as c')
    .where(isCaseOf(named))
    .select(['c.organisation_id', 'c.reference', 'c.keyring_id', 'c.stage'])
    .select(({ selectFrom, exists }) => [
      selectFrom('case_members as m')
        .select(({ fn }) => fn.min('m.part').as('part'))
        .whereRef('m.case_id', '=', 'c.id')
        .where('m.user_id', '=', userId)
        .as('my_part'),
      exists(
        selectFrom('case_walls as w')
          .select('w.user_id')
          .whereRef('w.case_id', '=', 'c.id')
          .where('w.user_id', '=', userId),
      )
        .$castTo<boolean>()
        .as('is_walled'),
      exists(
        selectFrom('case_holds as h')
          .select('h.id')
          .whereRef('h.case_id', '=', 'c.id')
          .where('h.lifted_on', 'is', null),
      )
        .$castTo<boolean>()
        .as('is_held'),
    ])
    .execute()
  return joined(named, rows)
}

const isCaseOf = ({ kind, id }: Named): RawBuilder<boolean> =>
  kind === 'case'
    ? sql`c.id = ${id}`
    : sql`c.id in (select l.case_id from case_persons l join persons p on p.id = l.person_id
                    where p.id = ${id} and p.erased_on is null)`

type Row = {
  readonly organisation_id: Id<'organisations'>
  readonly reference: string
  readonly keyring_id: Id<'keyrings'>
  readonly stage: string
  readonly my_part: string | null
  readonly is_walled: boolean
  readonly is_held: boolean
}

/** Of a person, over all the cases: a wall or a hold of one of them is one of the person. */
function joined({ kind, id }: Named, rows: readonly Row[]): SubjectRow | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const isCase = kind === 'case'
  return {
    kind,
    id,
    organisation_id: first.organisation_id,
    reference: isCase ? first.reference : null,
    keyring_id: isCase ? first.keyring_id : null,
    my_part: rows.find(({ my_part }) => my_part !== null)?.my_part ?? null,
    is_walled: rows.some(({ is_walled }) => is_walled),
    is_held: rows.some(({ is_held }) => is_held),
    is_at_rest: rows.every(({ stage }) => stage === 'closed' || stage === 'declined'),
    cases: rows.length,
  }
}

type Locking = Act<'erasure.confirm' | 'erasure.propose'>

/** Keeps the subject as it is until the act ends: nobody reopens the case, and nothing is added to it. */
export async function lockSubject(act: Locking, { kind, id }: Named): Promise<void> {
  const table = kind === 'case' ? sql.table('cases') : sql.table('persons')
  await sql`select id from ${table} where id = ${id} for update`.execute(act.db)
}
