import { z } from 'zod'
import type { Asking, Chapter } from '../archives/schema.ts'
import { consult, revealTo, Secret } from '../platform/crypto/secret.ts'
import type { Route } from '../platform/http/route.ts'

const PAGES_MOST = 500
const OF_CASE = /^\/cases\/:id(?:\/([a-z-]+))?$/

/** The chapters of a case file: each page and list that the API has of one case, and its incidents one by one. */
export function chaptersOf(routes: readonly Route[]): Chapter[] {
  const readable = routes.filter(
    ({ method, downloads, media }) => method === 'GET' && downloads === undefined && media === undefined,
  )
  const ofCase = readable.flatMap((found) => {
    const match = OF_CASE.exec(found.url)
    return match === null ? [] : [chapter(found, match[1] ?? 'case')]
  })
  return [...ofCase, incidents(named(readable, '/incidents'), named(readable, '/incidents/:id'))]
}

export function named(routes: readonly Route[], url: string): Route {
  const found = routes.find((one) => one.url === url && one.method === 'GET')
  if (found === undefined) throw new Error(`there is no route ${url}`)
  return found
}

const chapter = (found: Route, name: string): Chapter => ({
  name,
  title: titled(name),
  read: (asking, id) => wholeOf(found, asking, { params: { id } }),
})

/** `services` becomes "Services": a heading for a reader, where the summary of a route is an order to a program. */
const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')

const incidents = (list: Route, one: Route): Chapter => ({
  name: 'incidents',
  title: 'Incidents',
  async read(asking, id) {
    const linked = await wholeOf(list, asking, { query: { case_id: id } })
    const ids = consult(linked, (page) =>
      Page.parse(page).items.map((item) => z.object({ id: z.uuid() }).parse(item).id),
    )
    let read = new Secret<unknown[]>([])
    for (const incident of ids) read = joined(read, await wholeOf(one, asking, { params: { id: incident } }), alone)
    return read
  },
})

type Asked = { readonly params?: object; readonly query?: object }

const Page = z.looseObject({ items: z.array(z.unknown()), next: z.string().nullish() })

/** What a route answers, in its wire form; of a list, the items of all its pages. */
export async function wholeOf(found: Route, asking: Asking, asked: Asked): Promise<Secret<unknown>> {
  const first = await ask(found, asking, asked)
  let next = nextOf(first)
  if (next === undefined) return first
  let items = joined(new Secret<unknown[]>([]), first, itemsOf)
  for (let page = 1; next !== undefined && page < PAGES_MOST; page += 1) {
    const more = await ask(found, asking, { ...asked, query: { ...asked.query, after: next } })
    items = joined(items, more, itemsOf)
    next = nextOf(more)
  }
  return revealTo(items, (all) => ({ items: all }))
}

const itemsOf = (page: unknown): unknown[] => Page.parse(page).items
const alone = (value: unknown): unknown[] => [value]

const joined = (all: Secret<unknown[]>, more: Secret<unknown>, from: (value: unknown) => unknown[]) =>
  revealTo(more, (value) => consult(all, (before) => [...before, ...from(value)]))

/** Where the next page begins. A cursor is an id and a day: it may be looked at. */
const nextOf = (page: Secret<unknown>): string | undefined =>
  consult(page, (value) => Page.safeParse(value).data?.next ?? undefined)

const ask = async (found: Route, asking: Asking, asked: Asked): Promise<Secret<unknown>> =>
  new Secret(z.encode(found.reply, await askFor(found, asking, asked)))

/** What a route answers to these parameters, as its handler gives it. */
export async function askFor(found: Route, asking: Asking, { params, query }: Asked): Promise<unknown> {
  return found.handle(await asking(found.action), {
    params: found.params?.parse(params),
    query: found.query?.parse(query ?? {}),
    body: undefined,
    version: 0,
    language: 'en',
    address: '',
    tokens: { issue: noToken },
    range: undefined,
    stream: null,
  })
}

const noToken = (): never => {
  throw new Error('no chapter of a case file issues tokens')
}
