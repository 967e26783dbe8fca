import { type Input, nothing, type Route, route } from '../platform/http/route.ts'
import { staleVersion, tooManyAttempts } from '../platform/kernel/problem.ts'
import { readMe } from './account.ts'
import { changePassphrase, enrolSecondFactor, offerSecondFactor, signOut } from './own-account.ts'
import type { IdentityParts } from './parts.ts'
import * as problems from './problems.ts'
import { refreshSession } from './refresh.ts'
import * as wire from './schema.ts'
import { lockDown } from './service.ts'
import { signIn } from './sign-in.ts'

type Opened = Awaited<ReturnType<typeof signIn>> | Awaited<ReturnType<typeof refreshSession>>

/** The tokens are made here, where HTTP is spoken: services know sessions only. */
const withToken = ({ grant, ...session }: Opened, { tokens }: Pick<Input<never, never, never>, 'tokens'>) => ({
  ...session,
  ...tokens.issue(grant),
})

const passphrase = 'ample crane sofa lunar tidy ridge moss'

const sessionRoutes = (parts: IdentityParts): Route[] => [
  route({
    method: 'POST',
    url: '/session',
    action: 'session.open',
    summary: 'Sign in with handle and passphrase, and the code of the second factor where there is one',
    body: wire.SignIn,
    status: 201,
    reply: wire.SessionReply,
    examples: { body: { handle: 'k3m9-q7x2', passphrase, code: '492039' } },
    problems: [problems.signInFailed, problems.secondFactorNeeded, tooManyAttempts],
    handle: async (op, { body, address, tokens }) =>
      withToken(await signIn(op, parts, { ...body, address }), { tokens }),
  }),
  route({
    method: 'POST',
    url: '/session/refresh',
    action: 'session.refresh',
    summary: 'Trade a refresh token for new tokens, once',
    body: wire.Refresh,
    status: 201,
    reply: wire.SessionReply,
    problems: [problems.refreshFailed],
    handle: async (op, { body, tokens }) => withToken(await refreshSession(op, parts, body), { tokens }),
  }),
  route({
    method: 'DELETE',
    url: '/session',
    action: 'session.close',
    summary: 'Sign out',
    status: 204,
    reply: nothing,
    handle: (op) => signOut(op),
  }),
  route({
    method: 'POST',
    url: '/lockdown',
    action: 'session.lockdown',
    summary: 'End every session of everybody: until people sign in again, no key can be reached by anyone',
    status: 204,
    reply: nothing,
    handle: (op) => lockDown(op),
  }),
]

const accountRoutes = (parts: IdentityParts): Route[] => [
  route({
    method: 'GET',
    url: '/me',
    action: 'account.read',
    summary: 'Your own account: roles, marks, standing, fingerprint',
    status: 200,
    reply: wire.Me,
    handle: (op) => readMe(op),
  }),
  route({
    method: 'POST',
    url: '/me/passphrase',
    action: 'account.change_passphrase',
    summary: 'Change the passphrase; every other session ends. Without a new one you are given one',
    body: wire.PassphraseChange,
    status: 200,
    reply: wire.PassphraseChanged,
    examples: { body: { passphrase } },
    problems: [problems.signInFailed, problems.weakPassphrase, staleVersion, tooManyAttempts],
    handle: (op, { body, address }) => changePassphrase(op, parts, { ...body, address }),
  }),
  route({
    method: 'GET',
    url: '/me/second-factor',
    action: 'account.offer_second_factor',
    summary: 'A fresh seed for an authenticator; nothing is kept until it comes back with a code',
    status: 200,
    reply: wire.SecondFactorOffer,
    handle: () => offerSecondFactor(),
  }),
  route({
    method: 'PUT',
    url: '/me/second-factor',
    action: 'account.enrol_second_factor',
    summary: 'Set the second factor (RFC 6238); then sign in again with its code',
    body: wire.SecondFactor,
    status: 204,
    reply: nothing,
    examples: { body: { passphrase, seed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', code: '492039' } },
    problems: [problems.signInFailed, problems.wrongCode, staleVersion, tooManyAttempts],
    handle: (op, { body, address }) => enrolSecondFactor(op, parts, { ...body, address }),
  }),
]

/** Signing in and out, and one's own account. */
export const identityRoutes = (parts: IdentityParts): Route[] => [...sessionRoutes(parts), ...accountRoutes(parts)]
