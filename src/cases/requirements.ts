import { consult } from '../platform/crypto/secret.ts'
import type { Act } from '../platform/operation/op.ts'
import type { CaseFile } from './schema.ts'
import type { RequirementCode } from './transition-schema.ts'

/** Whether a case, as the actor reads it, meets one requirement. */
export type RequirementCheck = (act: Act, file: CaseFile) => boolean | Promise<boolean>

/** What the case itself can tell. */
type OwnCode = 'lead' | 'two_members' | 'strategy'

/** What only the records that hang on a case can tell. Given from outside: they know cases, not the other way round. */
export type LinkedRequirements = Record<Exclude<RequirementCode, OwnCode>, RequirementCheck>

type Requirements = Record<RequirementCode, RequirementCheck>

const own: Record<OwnCode, RequirementCheck> = {
  lead: (_act, { team }) => team.some(({ part }) => part === 'lead'),
  two_members: (_act, { team }) => team.length >= 2,
  strategy: (_act, { narrative }) => narrative !== null && consult(narrative, (told) => told.strategy !== undefined),
}

/** Those of `codes` that the case does not meet, in their order. */
export async function unmet(
  linked: LinkedRequirements,
  { act, file }: { act: Act; file: CaseFile },
  codes: readonly RequirementCode[],
): Promise<RequirementCode[]> {
  const requirements: Requirements = { ...own, ...linked }
  const missing: RequirementCode[] = []
  for (const code of codes) if (!(await requirements[code](act, file))) missing.push(code)
  return missing
}
