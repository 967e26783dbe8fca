import { z } from 'zod'
import { type Route, route } from '../platform/http/route.ts'
import { idOf } from '../platform/kernel/ids.ts'
import { notFound, staleVersion } from '../platform/kernel/problem.ts'
import * as examples from './examples.ts'
import { directoryFull } from './problems.ts'
import { Matches, Need, NewProvider, Provider, ProviderChange, ProviderList, ProviderReceipt } from './schema.ts'
import { changeProvider, createProvider, readProvider, readProviders, searchProviders } from './service.ts'

const ofProvider = z.strictObject({ id: idOf('providers') })

/** The directory of those who help victims. */
export const providerRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/providers',
    action: 'provider.create',
    summary: 'List a provider of help, for your organisation or for the whole coalition',
    body: NewProvider,
    creates: true,
    status: 201,
    reply: ProviderReceipt,
    examples: { body: examples.provider, reply: examples.receipt },
    problems: [directoryFull],
    handle: (op, { body }) => createProvider(op, body),
  }),
  route({
    method: 'GET',
    url: '/providers',
    action: 'provider.list',
    summary: 'The directory: your organisation’s and the coalition’s',
    status: 200,
    reply: ProviderList,
    handle: (op) => readProviders(op),
  }),
  route({
    method: 'GET',
    url: '/providers/:id',
    action: 'provider.read',
    summary: 'One provider',
    params: ofProvider,
    status: 200,
    reply: Provider,
    handle: (op, { params }) => readProvider(op, params.id),
  }),
  route({
    method: 'PATCH',
    url: '/providers/:id',
    action: 'provider.change',
    summary: 'Change a provider that your organisation listed, or take it off the search',
    params: ofProvider,
    body: ProviderChange,
    changes: true,
    status: 200,
    reply: Provider,
    examples: { body: { is_active: false } },
    problems: [notFound, staleVersion],
    handle: (op, { params, body, version }) => changeProvider(op, { ...params, version, change: body }),
  }),
  route({
    method: 'POST',
    url: '/providers/search',
    action: 'provider.search',
    summary: 'Who can give this help to this person, best first, with reasons',
    body: Need,
    status: 200,
    reply: Matches,
    examples: { body: examples.need },
    handle: (op, { body }) => searchProviders(op, body),
  }),
]
