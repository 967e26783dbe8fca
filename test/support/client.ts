import type { FastifyInstance, InjectOptions } from 'fastify'

export type Reply = {
  status: number
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into a reply, whatever its shape
  body: any
  headers: Record<string, string | string[] | number | undefined>
  text: string
}

type Headers = Record<string, string>
type Sent = { body?: unknown; headers?: Headers | undefined }

/** Speaks HTTP to a server as one person; the token is asked for at each request. */
export function clientOf(server: FastifyInstance, token: () => Promise<string | undefined>) {
  const send = async (method: NonNullable<InjectOptions['method']>, url: string, { body, headers = {} }: Sent) => {
    const bearer = await token()
    const reply = await server.inject({
      method,
      url,
      headers: {
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    return {
      status: reply.statusCode,
      body: isJson(reply.headers['content-type']) && reply.body !== '' ? reply.json() : reply.body,
      headers: reply.headers,
      text: reply.body,
    } satisfies Reply
  }
  return {
    get: (url: string, headers?: Headers) => send('GET', url, { headers }),
    head: (url: string, headers?: Headers) => send('HEAD', url, { headers }),
    post: (url: string, body?: unknown, headers?: Headers) => send('POST', url, { body, headers }),
    put: (url: string, body?: unknown, headers?: Headers) => send('PUT', url, { body, headers }),
    patch: (url: string, body?: unknown, headers?: Headers) => send('PATCH', url, { body, headers }),
    delete: (url: string, headers?: Headers) => send('DELETE', url, { headers }),
    token,
  }
}

export type Client = ReturnType<typeof clientOf>

const isJson = (type: unknown): boolean => typeof type === 'string' && /json/.test(type)

/** If-Match for a version. */
export const ifMatch = (version: number): Headers => ({ 'if-match': `"${String(version)}"` })
