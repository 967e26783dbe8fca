import { api } from './client.ts'
import { me } from './session.ts'

const ROUNDS_MOST = 20

/** What only a session with keys can do for others: answer their questions of conflict, and bring the search up to date. */
export async function afterSignIn(): Promise<void> {
  const isOnCases = me.value?.roles.some((role) => role === 'lawyer' || role === 'clinician') ?? false
  if (!isOnCases) return
  await untilDone(() => api.POST('/v1/conflict-answers')).catch(() => undefined)
  await untilDone(() => api.POST('/v1/persons/sweep')).catch(() => undefined)
}

type Reply = { readonly data?: { readonly may_be_more: boolean } }

async function untilDone(ask: () => Promise<Reply>): Promise<void> {
  for (let round = 0; round < ROUNDS_MOST; round += 1) {
    const { data } = await ask()
    if (data?.may_be_more !== true) return
  }
}
