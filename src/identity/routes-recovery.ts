import { z } from 'zod'
import { nothing, type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, tooManyAttempts } from '../platform/kernel/problem.ts'
import type { IdentityParts } from './parts.ts'
import * as problems from './problems.ts'
import { approveRecovery, completeRecovery, listRecoveries, startRecovery } from './recovery.ts'
import { readCoverage } from './recovery-shares.ts'
import * as wire from './schema.ts'

/** A lost passphrase: k of n recovery officers restore the account, and nobody holds a key that opens everybody. */
export const recoveryRoutes = (parts: IdentityParts): Route[] => [
  route({
    method: 'POST',
    url: '/recoveries',
    action: 'recovery.start',
    summary: 'Start the recovery of your account; read the fingerprint to the officers, keep the code',
    body: wire.RecoveryStart,
    status: 201,
    reply: wire.RecoveryStarted,
    examples: { body: { handle: 'k3m9-q7x2' } },
    problems: [tooManyAttempts],
    handle: (op, { body, address }) => startRecovery(op, parts, { ...body, address }),
  }),
  route({
    method: 'GET',
    url: '/recoveries',
    action: 'recovery.list',
    summary: 'Recoveries that wait for officers of your organisation',
    status: 200,
    reply: wire.RecoveryList,
    handle: (op) => listRecoveries(op),
  }),
  route({
    method: 'POST',
    url: '/recoveries/:id/approvals',
    action: 'recovery.approve',
    summary: 'Send your share on, after you heard the fingerprint from the person',
    params: z.strictObject({ id: idOf('recoveries') }),
    body: wire.RecoveryApproval,
    status: 204,
    reply: nothing,
    examples: { body: { fingerprint: '7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY-3FJK' } },
    problems: [notFound, problems.wrongFingerprint, problems.noSharesHeld],
    handle: (op, { params, body }) => approveRecovery(op, { ...params, ...body }),
  }),
  route({
    method: 'POST',
    url: '/recoveries/complete',
    action: 'recovery.complete',
    summary: 'Restore your account under a new passphrase, once enough officers have approved',
    body: wire.RecoveryCompletion,
    status: 200,
    reply: wire.PassphraseChanged,
    examples: { body: { code: '7KQM-0XT2-9GWB-4HNC-8VPA-1RSE-6DZY' } },
    problems: [problems.recoveryNotReady, problems.weakPassphrase, tooManyAttempts],
    handle: (op, { body, address }) => completeRecovery(op, parts, { ...body, address }),
  }),
  route({
    method: 'GET',
    url: '/recovery/coverage',
    action: 'recovery.read_coverage',
    summary: 'Whose account the present officers could restore, and whose not yet',
    status: 200,
    reply: wire.RecoveryCoverage,
    handle: (op) => readCoverage(op),
  }),
]
