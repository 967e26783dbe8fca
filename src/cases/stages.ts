import type { VocabularyName } from '../vocabularies/schema.ts'
import type { CaseStage } from './schema.ts'
import type { RequirementCode } from './transition-schema.ts'

/** What the mover has to say. */
type Field = 'reason' | 'reason_code' | 'purge_after'

/** One way a case can move: what must be true of it, what the mover must say, and from which list a coded reason comes. */
export type Edge = {
  readonly requires: readonly RequirementCode[]
  readonly needs: readonly Field[]
  readonly reason_codes?: VocabularyName
}

type Ways = Partial<Record<CaseStage, Edge>>

const documented = ['lead', 'two_members', 'victim', 'consent_to_store', 'risk_assessment', 'conflict_check'] as const
const litigable = ['act_with_date_and_region', 'source', 'authority', 'strategy'] as const

const early: Edge = {
  requires: [],
  needs: ['reason', 'reason_code', 'purge_after'],
  reason_codes: 'case_closing_reasons',
}

/** The whole graph. A case moves only along it, and only when somebody moves it. */
const graph: Record<CaseStage, Ways> = {
  intake: {
    documentation: { requires: documented, needs: [] },
    declined: { requires: [], needs: ['reason_code'], reason_codes: 'case_decline_reasons' },
    closed: early,
  },
  documentation: {
    litigation: { requires: litigable, needs: [] },
    // Assistance only: nothing is litigated, so no outcome is asked for.
    follow_up: { requires: [], needs: ['reason'] },
    closed: early,
  },
  litigation: { follow_up: { requires: ['final_outcome'], needs: [] }, closed: early },
  follow_up: {
    closed: { requires: ['measures_settled'], needs: ['reason', 'purge_after'], reason_codes: 'case_closing_reasons' },
  },
  // A case closed early may never have met what the stages before ask, so reopening asks for it.
  closed: {
    documentation: { requires: documented, needs: ['reason'] },
    litigation: { requires: [...documented, ...litigable], needs: ['reason'] },
    follow_up: { requires: documented, needs: ['reason'] },
  },
  declined: {},
}

export const edgeOf = (from: CaseStage, to: CaseStage): Edge | undefined => graph[from][to]

/** Every way out of a stage. */
export const edgesFrom = (from: CaseStage): { to: CaseStage; edge: Edge }[] =>
  stages.flatMap((to) => {
    const edge = graph[from][to]
    return edge === undefined ? [] : [{ to, edge }]
  })

const stages = ['documentation', 'litigation', 'follow_up', 'closed', 'declined'] as const

/** In these stages nobody works on the case: nothing is linked to it. */
export const restingStages = ['closed', 'declined'] as const
