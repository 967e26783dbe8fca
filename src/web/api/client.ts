import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema.gen.ts'
import { listOf, textOf } from './json.ts'
import { freshToken } from './session.ts'

/** Puts the token of the session on each request. It is in memory alone. */
const authorized: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (schemaPath === '/v1/session' || schemaPath === '/v1/session/refresh') return undefined
    const token = await freshToken()
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
    return request
  },
}

export const api = createClient<paths>({ baseUrl: globalThis.location.origin, cache: 'no-store', credentials: 'omit' })
api.use(authorized)

/** What the server said where it did not do what was asked. */
export type Refusal = { readonly status: number; readonly title: string; readonly pointers: readonly string[] }

/** The problem in a reply, in the server's words. */
export const refusalOf = (status: number, problem: unknown): Refusal => ({
  status,
  title: textOf(problem, 'title'),
  pointers: listOf(problem, 'errors').map((error) => textOf(error, 'pointer')),
})
