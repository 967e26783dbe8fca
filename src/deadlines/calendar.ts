import { keyedHash, randomToken, tokenText } from '../platform/crypto/code.ts'
import { revealTo, Secret } from '../platform/crypto/secret.ts'
import { notFound, Problem } from '../platform/kernel/problem.ts'
import type { Op, Services } from '../platform/operation/op.ts'
import { iCalendar } from './icalendar.ts'
import { listMine } from './repo.ts'
import { deleteFeed, findFeedOwner, upsertFeed } from './repo-feeds.ts'
import type { Feed } from './schema.ts'

const TOKEN_BYTES = 32
const FILE = /^([\w-]{43})\.ics$/

const feedHash = ({ pepper }: Services, token: Secret) => keyedHash(pepper, 'calendar-feed', token)

/** A new address for one's calendar. It is shown this once; the one before it ends. */
export function makeFeed(op: Op<'calendar.make'>): Promise<Feed> {
  const token = tokenText(randomToken(TOKEN_BYTES))
  return op.act(async (act) => {
    await upsertFeed(act, feedHash(act.services, token))
    return { path: revealTo(token, (text) => `/v1/calendar/${text}.ics`) }
  })
}

export function revokeFeed(op: Op<'calendar.revoke'>): Promise<void> {
  return op.act((act) => deleteFeed(act))
}

/** The open deadlines of whoever's address it is: days and kinds. Anything else is not there, in the same words. */
export function readFeed(op: Op<'calendar.read'>, file: string): Promise<string> {
  const token = FILE.exec(file)?.[1]
  if (token === undefined) throw new Problem(notFound)
  return op.read(async (db) => {
    const owner = await findFeedOwner(db, feedHash(op.services, new Secret(token)))
    if (owner === undefined) throw new Problem(notFound)
    return iCalendar(await listMine(db, owner), op.services.now())
  })
}
