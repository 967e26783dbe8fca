import { sql } from 'kysely'
import { expect } from 'vitest'
import type { As, startApp } from '../support/app.ts'
import { ifMatch } from '../support/client.ts'

export type App = Awaited<ReturnType<typeof startApp>>

const said = { reason: 'Invented: nothing more can be done.', reason_code: 'other', purge_after: '2999-01-01' }

/** Closes a case early, as somebody who may. */
export async function closeCase(by: As, id: string, more: object = {}): Promise<void> {
  const { version } = (await by.get(`/v1/cases/${id}`)).body
  const closed = await by.post(`/v1/cases/${id}/transitions`, { to: 'closed', ...said, ...more }, ifMatch(version))
  expect([closed.status, closed.text]).toEqual([200, closed.text])
}

export async function propose(by: As, url: string, ground = 'wish_of_person'): Promise<string> {
  const proposed = await by.post(`${url}/erasures`, { ground })
  expect([proposed.status, proposed.text]).toEqual([201, proposed.text])
  return proposed.body.id
}

/** As if the days of waiting were over. */
export async function letPass({ database }: App, id: string): Promise<void> {
  await sql`update erasures set not_before = current_date - 1 where id = ${id}`.execute(database)
}

export const confirm = (by: As, id: string, version = 1) =>
  by.post(`/v1/erasures/${id}/confirmation`, undefined, ifMatch(version))

/** Proposed by one, confirmed by the other. */
export async function erase(app: App, url: string, [one, other]: readonly [As, As]): Promise<string> {
  const id = await propose(one, url)
  await letPass(app, id)
  const confirmed = await confirm(other, id)
  expect([confirmed.status, confirmed.text]).toEqual([204, ''])
  return id
}
