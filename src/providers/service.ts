import { homeOf } from '../platform/access/home.ts'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import { dayOf } from '../platform/kernel/clock.ts'
import { type Id, newId } from '../platform/kernel/ids.ts'
import { notFound, Problem, staleVersion } from '../platform/kernel/problem.ts'
import type { WritableKeyring } from '../platform/operation/keyrings.ts'
import type { Act, Op } from '../platform/operation/op.ts'
import { createRecordKey, renewRecordKey } from '../platform/operation/record-keys.ts'
import { keyNotConfirmed } from '../platform/operation/trust.ts'
import { writableKeyrings } from '../platform/operation/writing.ts'
import { providerPolicy } from './policy.ts'
import { directoryFull } from './problems.ts'
import { reasonsFor, scoreOf } from './rank.ts'
import {
  claimVersion,
  countProviders,
  findAssistanceKeyrings,
  findProvider,
  insertProvider,
  listProviders,
  type ProviderContents,
  PROVIDERS_MOST,
  revealProviders,
  updateProvider,
} from './repo.ts'
import type { Need, NewProvider, ProviderChange, ProviderIdentity } from './schema.ts'

/** Lists a provider, readable by those who help victims: in the own organisation, or in every one that there is now. */
export function createProvider(op: Op<'provider.create'>, { scope, ...values }: NewProvider) {
  return op.act(async (act) => {
    const organisation_id = homeOf(act.actor)
    if ((await countProviders(act.db, organisation_id)) >= PROVIDERS_MOST) throw new Problem(directoryFull)
    const listed_on = dayOf(act.services.now())
    const row = { id: newId('providers'), organisation_id, scope, listed_on }
    const readers = await readersOf(act, scope === 'coalition' ? scope : organisation_id)
    const access = await createRecordKey(
      act,
      row,
      readers.map((to) => ({ part: 'record', to })),
    )
    await insertProvider(act, row, { access, values })
    return { ...row, version: 1, is_active: true }
  })
}

/** An organisation whose keys are not confirmed yet is passed over: nothing is ever sealed to such a key. */
async function readersOf(act: Act, of: Id<'organisations'> | 'coalition'): Promise<WritableKeyring[]> {
  const readers: WritableKeyring[] = []
  for (const { id } of await findAssistanceKeyrings(act.db, of)) {
    try {
      readers.push(...(await writableKeyrings(act, [{ keyring_id: id }])))
    } catch (error) {
      if (of !== 'coalition' || !(error instanceof Problem) || error.kind !== keyNotConfirmed) throw error
    }
  }
  return readers
}

export function readProviders(op: Op<'provider.list'>) {
  return op.act(async (act) => {
    const rows = providerPolicy.grantEach(act, await listProviders(act.db, homeOf(act.actor)))
    return { items: await revealProviders(act, rows) }
  })
}

export function readProvider(op: Op<'provider.read'>, id: Id<'providers'>) {
  return op.act(async (act) => {
    const [provider] = await revealProviders(act, [providerPolicy.grant(act, await findProvider(act.db, id))])
    if (provider === undefined) throw new Error('a granted row was not revealed')
    return provider
  })
}

type Change = { readonly id: Id<'providers'>; readonly version: number; readonly change: ProviderChange }

/** Replaces the classes that are given; both are sealed anew, under a new key. */
export function changeProvider(op: Op<'provider.change'>, { id, version, change }: Change) {
  return op.act(async (act) => {
    const found = providerPolicy.grant(act, await findProvider(act.db, id))
    if (!(await claimVersion(act, found, version))) throw new Problem(staleVersion)
    const values = merged((await revealProviders(act, [found]))[0], change)
    const is_active = change.is_active ?? found.is_active
    const access = await renewRecordKey(act, found)
    await updateProvider(act, found, { access, values, is_active })
    return { ...found, ...values, is_active, version: version + 1 }
  })
}

type Before = Awaited<ReturnType<typeof revealProviders>>[number]

/** Both classes: whose keys do not open what is there, changes nothing. */
function merged(before: Before | undefined, { identity, facts }: ProviderChange): ProviderContents {
  const values = { identity: identity ?? before?.identity, facts: facts ?? before?.facts }
  if (!values.identity || !values.facts) throw new Problem(notFound)
  return { identity: values.identity, facts: values.facts }
}

const MATCHES_MOST = 50

/** Who offers the service, best first, with the reasons: in memory, among what the caller can open. */
export function searchProviders(op: Op<'provider.search'>, need: Need) {
  return op.act(async (act) => {
    const rows = (await listProviders(act.db, homeOf(act.actor))).filter(({ is_active }) => is_active)
    const today = dayOf(act.services.now())
    const opened = await revealProviders(act, providerPolicy.grantEach(act, rows))
    const items = opened.flatMap((provider) => {
      if (provider.facts === null) return []
      const reasons = consult(provider.facts, (facts) =>
        facts.services.includes(need.service) ? reasonsFor(need, facts, today) : undefined,
      )
      return reasons === undefined ? [] : [{ provider, score: scoreOf(reasons), reasons }]
    })
    return { items: items.sort((a, b) => b.score - a.score).slice(0, MATCHES_MOST) }
  })
}

/** Whether a provider is in a directory that the actor reads. */
export async function canSendTo(act: Act, id: Id<'providers'>): Promise<boolean> {
  const row = await findProvider(act.db, id)
  const by = { actor: act.actor, action: 'provider.read' } as const
  return row !== undefined && providerPolicy.grantEach(by, [row]).length === 1
}

/** Who a provider is, for a letter to them; null for whoever has no key to it. 404 for one of no directory of the actor's. */
export async function openProvider(act: Act, id: Id<'providers'>): Promise<Secret<ProviderIdentity> | null> {
  const by = { actor: act.actor, action: 'provider.read' } as const
  const row = providerPolicy.grant(by, await findProvider(act.db, id))
  return (await revealProviders(act, [row]))[0]?.identity ?? null
}
