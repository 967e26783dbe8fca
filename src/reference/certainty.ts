import type { Certainty } from './schema.ts'

/**
 * How sure a row is, of the words its compilers used. Only an unqualified "high" or "sourced" is high; what is not known
 * to be better is low.
 */
export function certaintyOf(words: unknown): Certainty {
  const told = typeof words === 'string' ? words : ''
  if (['high', 'sourced'].includes(told)) return 'high'
  return /^(high|medium|sourced|source\+own|partly_sourced|mixed)\b/.test(told) ? 'medium' : 'low'
}
