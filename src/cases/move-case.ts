import { revealTo, Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import type { Id } from '../platform/kernel/ids.ts'
import { invalidRequest, notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import { heldKeyring } from '../platform/operation/keyrings.ts'
import type { Op } from '../platform/operation/op.ts'
import { isTerm } from '../vocabularies/service.ts'
import { openFile } from './case-file.ts'
import { casePolicy } from './policy.ts'
import { noSuchTransition, requirementsUnmet } from './problems.ts'
import { claimVersion, findCase, updateStage } from './repo.ts'
import { type LinkedRequirements, unmet } from './requirements.ts'
import type { CaseStage } from './schema.ts'
import { type Edge, edgeOf, edgesFrom } from './stages.ts'
import { insertTransition } from './repo-transitions.ts'
import type { CaseMove, CasePosition, TransitionNarrative } from './transition-schema.ts'

type Moving = { readonly id: Id<'cases'>; readonly version: number; readonly move: CaseMove }

/** Moves a case along the graph, when everything the way asks for is there. */
export function moveCase(
  op: Op<'case.move'>,
  linked: LinkedRequirements,
  { id, version, move }: Moving,
): Promise<CasePosition> {
  return op.act(async (act) => {
    const found = casePolicy.grant(act, await findCase(act.db, id, act.actor.id))
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    const edge = wayTo(found.stage, move.to)
    mustFit(edge, move, dayOf(act.services.now()))
    const { file } = await openFile(act, found)
    const team = await heldKeyring(act, found.keyring_id)
    if (team === undefined) throw new Problem(notFound)
    const missing = [...(await unmet(linked, { act, file }, edge.requires)), ...unsaid(edge, move)]
    if (missing.length > 0) throw new Problem(requirementsUnmet, { missing })

    await insertTransition(act, found, { team, to: move.to, narrative: narrativeOf(edge, move) })
    const purge_after = move.purge_after ?? null
    await updateStage(act, found, { stage: move.to, purge_after })
    return { id, version: version + 1, stage: move.to, purge_after }
  })
}

function wayTo(from: CaseStage, to: CaseStage): Edge {
  const edge = edgeOf(from, to)
  if (edge === undefined) throw new Problem(noSuchTransition, { allowed: edgesFrom(from).map((way) => way.to) })
  return edge
}

/** A coded reason must be of the list that belongs to this way; a retention day must lie ahead. */
function mustFit({ reason_codes }: Edge, { reason_code, purge_after }: CaseMove, today: string): void {
  if (reason_code !== undefined && (reason_codes === undefined || !isTerm(reason_codes, reason_code)))
    throw new Problem(invalidRequest, { errors: [{ pointer: '#/reason_code', detail: 'not a reason for this' }] })
  if (purge_after !== undefined && purge_after <= today)
    throw new Problem(invalidRequest, { errors: [{ pointer: '#/purge_after', detail: 'must be a day to come' }] })
}

const unsaid = ({ needs }: Edge, move: CaseMove) => needs.filter((field) => move[field] === undefined)

function narrativeOf({ requires }: Edge, { reason, reason_code }: CaseMove): Secret<TransitionNarrative> {
  const coded = { reason_code, requirements_met: [...requires] }
  return reason === undefined ? new Secret(coded) : revealTo(reason, (text) => ({ reason: text, ...coded }))
}
