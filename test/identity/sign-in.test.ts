import { expect, test } from 'vitest'
import { startApp } from '../support/app.ts'

const app = await startApp()

test('everybody seeded is confirmed, signed in and in full standing', async () => {
  for (const name of ['monitor', 'lawyer', 'intake', 'clinician', 'coordinator', 'administrator', 'officer']) {
    const { status, body } = await app.as(name).get('/v1/me')
    expect([status, body.standing, body.id]).toEqual([200, 'full', app.person(name).id])
  }
})
