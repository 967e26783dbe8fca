import type { Finding } from './attack.ts'
import { sumOf } from './published.ts'

/** Of each attack all that it found. */
export const totalsOf = (findings: readonly Finding[]): Finding[] =>
  [...new Set(findings.map(({ attack }) => attack))].map((attack) => ({
    attack,
    ...sumOf(findings.filter((finding) => finding.attack === attack)),
  }))
