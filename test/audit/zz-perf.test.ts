import { sql } from 'kysely'
import { test } from 'vitest'
import { copyDatabase } from '../support/database.ts'
import { checkRemembered, latestHead, sequenceEvents } from '../../src/audit/service.ts'
import { begin } from '../../src/platform/operation/op.ts'
import { nobodyId } from '../../src/platform/kernel/ids.ts'
import { newRoot } from '../../src/platform/crypto/keyring.ts'
const { database } = await copyDatabase()
test('perf', async () => {
  await sql`insert into audit_events (id, body, leaf_hash)
    select id, body, sha256('\\x00'::bytea || convert_to(body, 'UTF8')) from (
    select id, jsonb_build_object('id', id, 'at', (now() + n * interval '1 second')::text, 'action', 'incident.submit', 'pad', repeat('x', 350), 'organisation_id', null)::text as body
    from (select gen_random_uuid() as id, n from generate_series(1, 200000) n) a) b`.execute(database)
  const services = { database, pepper: newRoot(), now: () => new Date() }
  const op = await begin(services, { actor: { id: nobodyId, organisationId: null, roles: ['worker'], standing: 'full' }, unlocked: null }, 'audit.sequence')
  for (let i = 0; i < 3; i++) { const t = performance.now(); const h = await op.act((act) => sequenceEvents(act)); console.log('sequence', h.size, Math.round(performance.now() - t)) }
  for (let i = 0; i < 8; i++) await op.act((act) => sequenceEvents(act))
  const head = await latestHead(database)
  const t = performance.now(); console.log(await checkRemembered(database, head), head.size, Math.round(performance.now() - t))
  const t2 = performance.now(); await op.act((act) => sequenceEvents(act)); console.log('idle', performance.now() - t2)
}, 600000)
