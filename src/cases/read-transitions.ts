import type { Id } from '../platform/kernel/ids.ts'
import type { Op } from '../platform/operation/op.ts'
import { openFile } from './case-file.ts'
import { casePolicy, transitionPolicy } from './policy.ts'
import { findCase } from './repo.ts'
import { type LinkedRequirements, unmet } from './requirements.ts'
import { edgesFrom } from './stages.ts'
import { findTransitions, revealTransitions } from './repo-transitions.ts'
import type { CaseTransitions } from './transition-schema.ts'

/** Where a case can go from here and what it still lacks, and how it came here. */
export function readTransitions(
  op: Op<'case.read_transitions'>,
  linked: LinkedRequirements,
  id: Id<'cases'>,
): Promise<CaseTransitions> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    const { file } = await openFile(act, found)
    const edges = edgesFrom(found.stage)
    const required = new Set(edges.flatMap(({ edge }) => edge.requires))
    const missing = await unmet(linked, { act, file }, [...required])
    const allowed = edges.map(({ to, edge: { requires, needs } }) => ({
      to,
      missing: requires.filter((code) => missing.includes(code)),
      needs_reason: needs.includes('reason'),
      needs_reason_code: needs.includes('reason_code'),
      needs_purge_after: needs.includes('purge_after'),
    }))
    const moves = transitionPolicy.grantEach(act, await findTransitions(act, found))
    const history = await revealTransitions(act, moves.reverse())
    return { id, version: found.version, stage: found.stage, allowed, history }
  })
}
