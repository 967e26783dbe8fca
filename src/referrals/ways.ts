import { ReferralState } from './schema.ts'

/** Who takes a step. Outside, the team writes down what the provider did as well. */
export type Mover = 'team' | 'recipient' | 'either'

/** One way a referral can go: who goes it, whether a coded reason is asked for, and whether it ends what was shared. */
export type Way = {
  readonly by: Mover
  readonly needs_reason_code?: boolean
  readonly ends_as?: 'recipient' | 'client'
}

type Ways = Partial<Record<ReferralState, Way>>

const withdrawn: Ways = {
  withdrawn_by_client: { by: 'either', ends_as: 'client' },
  withdrawn_by_provider: { by: 'recipient', ends_as: 'recipient' },
}

/** The whole machine, as in schemas/reference/referral_model.json: a referral moves only along it. */
const graph: Record<ReferralState, Ways> = {
  draft: { awaiting_consent: { by: 'team' } },
  awaiting_consent: { proposed: { by: 'team' } },
  proposed: {
    accepted: { by: 'recipient' },
    declined: { by: 'recipient', needs_reason_code: true, ends_as: 'recipient' },
    waitlisted: { by: 'recipient' },
  },
  waitlisted: { accepted: { by: 'recipient' } },
  accepted: { in_progress: { by: 'recipient' }, ...withdrawn },
  in_progress: {
    completed: { by: 'recipient' },
    transferred: { by: 'either' },
    lost_contact: { by: 'either' },
    ...withdrawn,
  },
  lost_contact: { in_progress: { by: 'either' } },
  declined: {},
  completed: {},
  withdrawn_by_client: {},
  withdrawn_by_provider: {},
  transferred: {},
}

export const wayOf = (from: ReferralState, to: ReferralState): Way | undefined => graph[from][to]

/** Every way out of a state. */
export const waysFrom = (from: ReferralState): { to: ReferralState; way: Way }[] =>
  ReferralState.options.flatMap((to) => {
    const way = graph[from][to]
    return way === undefined ? [] : [{ to, way }]
  })

/** Nothing has left the house yet. */
export const unsharedStates: readonly ReferralState[] = ['draft', 'awaiting_consent']

/** To come here is to share: a consent must hold at that moment. */
export const sharingStates: readonly ReferralState[] = ['proposed', 'accepted', 'waitlisted', 'in_progress']

/** The recipient has taken it on. */
export const acceptedStates: readonly ReferralState[] = ['accepted', 'in_progress', 'lost_contact', 'completed']
