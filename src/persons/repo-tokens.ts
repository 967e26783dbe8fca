import { sql } from 'kysely'
import type { Id } from '../platform/kernel/ids.ts'
import type { Act } from '../platform/operation/op.ts'

type Keyring = { readonly keyring_id: Id<'keyrings'>; readonly version: number }
type Link = { readonly id: Id<'case_persons'>; readonly person_id: Id<'persons'>; readonly tokens_version: number }
type StaleLink = Link & Keyring

/** Whether the actor reaches more persons than can be opened one by one; a person in two cases counts twice. */
export async function reachesOver(act: Act, most: number): Promise<boolean> {
  const beyond = await act.db
    .selectFrom('case_persons as l')
    .innerJoin('case_members as seat', 'seat.case_id', 'l.case_id')
    .select('l.id')
    .where('seat.user_id', '=', act.actor.id)
    .offset(most)
    .limit(1)
    .executeTakeFirst()
  return beyond !== undefined
}

/** The keyrings of the actor's cases, as they are now. */
export function listTeamKeyrings(act: Act): Promise<Keyring[]> {
  return act.db
    .selectFrom('case_members as seat')
    .innerJoin('cases as c', 'c.id', 'seat.case_id')
    .innerJoin('keyrings as k', 'k.id', 'c.keyring_id')
    .select(['k.id as keyring_id', 'k.version'])
    .where('seat.user_id', '=', act.actor.id)
    .execute()
}

/**
 * Those who share the most tokens. Tokens of a case that the actor has no key of are not among those asked for. Each is
 * looked up by itself: of many thousands PostgreSQL would rather read the whole table.
 */
export async function listCandidates(act: Act, tokens: readonly string[], limit: number): Promise<Id<'persons'>[]> {
  const { rows } = await sql<{ person_id: Id<'persons'> }>`
    select person_id from (
      select person_id, link_id, count(*) as shared
        from (select unnest(${tokens}::bigint[]) as token order by 1) as sought
       cross join lateral (select person_id, link_id from name_tokens n where n.token = sought.token offset 0) as kept
       group by person_id, link_id) as t
     group by person_id order by max(shared) desc, person_id limit ${limit}`.execute(act.db)
  return rows.map(({ person_id }) => person_id)
}

/**
 * Links of the actor's cases that have no tokens under the key of today: new ones, changed ones, and those of cases that
 * moved to a new key. Their persons are held, so that what is read of them is what the tokens are made of.
 */
export async function claimStaleLinks(act: Act, limit: number): Promise<StaleLink[]> {
  // Case by case: there are none in nearly all of them.
  const { rows: links } = await sql<StaleLink>`
    select l.id, l.person_id, l.tokens_version, k.id as keyring_id, k.version
      from case_members seat
      join cases c on c.id = seat.case_id
      join keyrings k on k.id = c.keyring_id
     cross join lateral (select id, person_id, tokens_version from case_persons
                          where case_id = c.id and tokens_version < k.version offset 0) as l
     where seat.user_id = ${act.actor.id}
     limit ${limit}`.execute(act.db)
  const ids = links.map(({ person_id }) => person_id)
  const held = await act.db
    .selectFrom('persons')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    .forShare()
    .skipLocked()
    .execute()
  const isHeld = new Set(held.map(({ id }) => id))
  return links.filter(({ person_id }) => isHeld.has(person_id))
}

type Tokened = StaleLink & { readonly tokens: readonly string[] }

/** Puts these tokens in the place of those of the same links. */
export async function replaceTokens(act: Act, links: readonly Tokened[]): Promise<void> {
  const ids = links.map(({ id }) => id)
  await act.db.deleteFrom('name_tokens').where(sql<boolean>`link_id = any(${ids}::uuid[])`).execute()
  const rows = links.flatMap(({ id, person_id, tokens }) => tokens.map((token) => ({ id, person_id, token })))
  await sql`
    insert into name_tokens (token, link_id, person_id)
    select * from unnest(${rows.map(({ token }) => token)}::bigint[], ${rows.map(({ id }) => id)}::uuid[],
                         ${rows.map(({ person_id }) => person_id)}::uuid[])
    on conflict do nothing`.execute(act.db)
  await sql`
    update case_persons as l set tokens_version = t.version
      from unnest(${ids}::uuid[], ${links.map(({ version }) => version)}::int[]) as t (id, version)
     where l.id = t.id`.execute(act.db)
}
