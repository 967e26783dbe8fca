import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Edge, hangingOn, looseEnds } from '../../src/erasure/hanging.ts'
import { startApp } from '../support/app.ts'
import type { App } from './support.ts'

/** `child.column → parent`. */
function edge(key: `${string}.${string} → ${string}`, is_required = true): Edge {
  const [, child = '', column = '', parent = ''] = /^(\w+)\.(\w+) → (\w+)$/.exec(key) ?? []
  return { child, column, parent, is_required }
}

describe('what hangs on a case', () => {
  const edges = [
    edge('papers.case_id → cases'),
    edge('incidents.case_id → cases', false),
    edge('notices.incident_id → incidents'),
    edge('referrals.case_id → cases'),
    edge('referrals.recipient_case_id → cases', false),
    edge('answers.question_id → papers'),
    edge('answers.case_id → cases'),
    edge('items.case_id → cases'),
    edge('items.derived_from → items', false),
    edge('cases.organisation_id → organisations'),
    edge('members.organisation_id → organisations'),
  ]
  const hanging = hangingOn(edges, 'cases')

  test('is what says so, and what cannot be without it, at any remove', () => {
    expect([...hanging.keys()].sort()).toEqual([
      'answers',
      'cases',
      'incidents',
      'items',
      'notices',
      'papers',
      'referrals',
    ])
  })

  test('hangs by each of its keys: an answer to a question of the case goes with it, whosever case it is of', () => {
    expect(
      hanging
        .get('answers')
        ?.map(({ column }) => column)
        .sort(),
    ).toEqual(['case_id', 'question_id'])
    expect(hanging.get('referrals')?.map(({ column }) => column)).toEqual(['case_id'])
  })

  test('is let go of by what stays: keys that may be empty', () => {
    expect(looseEnds(edges, hanging).map(({ column }) => column)).toEqual(['recipient_case_id', 'derived_from'])
  })
})

describe('in the live schema', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
  })

  test('every table with sealed columns and a case is reached, and by foreign keys that can be followed', async () => {
    const { rows: edges } = await sql<Edge & { is_plain: boolean }>`
      select k.conrelid::regclass::text as child, a.attname as "column", k.confrelid::regclass::text as parent,
             a.attnotnull as is_required, cardinality(k.conkey) = 1 and p.attname = 'id' as is_plain
        from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        join pg_attribute p on p.attrelid = k.confrelid and p.attnum = k.confkey[1]
       where k.contype = 'f' and k.connamespace = 'public'::regnamespace`.execute(app.database)
    const { rows: sealed } = await sql<{ name: string }>`
      select distinct c.table_name as name from information_schema.columns c
        join information_schema.columns s on s.table_name = c.table_name and s.domain_name = 'sealed'
       where c.table_schema = 'public' and c.column_name = 'case_id'`.execute(app.database)

    const hanging = hangingOn(edges, 'cases')

    expect(sealed.map(({ name }) => name).filter((name) => !hanging.has(name))).toEqual([])
    expect(edges.filter(({ parent, is_plain }) => hanging.has(parent) && !is_plain)).toEqual([])
    expect(
      [...hanging.keys()].filter((name) => ['users', 'organisations', 'persons', 'keyrings'].includes(name)),
    ).toEqual([])
  })
})
