import type { ProblemKind } from '../platform/kernel/problem.ts'

/** One answer for an unknown handle, a wrong passphrase, a wrong code and a removed member. */
export const signInFailed: ProblemKind = {
  slug: 'sign-in-failed',
  status: 401,
  title: 'The handle, the passphrase or the code is wrong',
}
/** The passphrase was right, and the account has a second factor. */
export const secondFactorNeeded: ProblemKind = {
  slug: 'second-factor-needed',
  status: 401,
  title: 'Send the code of your authenticator too',
}
export const refreshFailed: ProblemKind = {
  slug: 'refresh-failed',
  status: 401,
  title: 'This refresh token does not hold any more: sign in again',
}
export const weakPassphrase: ProblemKind = {
  slug: 'weak-passphrase',
  status: 422,
  title: 'Choose another passphrase, or leave it out to be given one',
}
export const handleTaken: ProblemKind = {
  slug: 'handle-taken',
  status: 409,
  title: 'Choose another handle, or leave it out to be given one',
}
export const wrongCode: ProblemKind = {
  slug: 'wrong-code',
  status: 422,
  title: 'The code does not belong to this seed, or the clock is off',
}
export const wrongFingerprint: ProblemKind = {
  slug: 'wrong-fingerprint',
  status: 422,
  title: 'The fingerprint is another one: compare it again, by voice',
}
export const noSharesHeld: ProblemKind = {
  slug: 'no-shares-held',
  status: 409,
  title: 'You hold no share of this account',
}
export const recoveryNotReady: ProblemKind = {
  slug: 'recovery-not-ready',
  status: 409,
  title: 'Not enough recovery officers have approved yet, or the code is wrong or too old',
}
