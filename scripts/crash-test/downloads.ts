import { createHash } from 'node:crypto'
import type { Sender, Sent } from './uploads.ts'

const READERS = 4

/** Those that do not come down as they went up. */
export async function findSpoiled(reader: Sender, sent: readonly Sent[]): Promise<readonly string[]> {
  const waiting = [...sent]
  const spoiled: string[] = []
  const read = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      if ((await hashOf(reader, next.id)) !== next.sha256) spoiled.push(next.id)
  }
  await Promise.all(Array.from({ length: READERS }, read))
  return spoiled
}

async function hashOf(reader: Sender, id: string): Promise<string | undefined> {
  const token = await reader.token()
  const headers = { authorization: `Bearer ${token}` }
  try {
    const reply = await fetch(`${reader.origin}/v1/evidence/${id}/content`, { headers })
    const bytes = Buffer.from(await reply.arrayBuffer())
    if (reply.status === 401) {
      reader.drop(token)
      return await hashOf(reader, id)
    }
    return createHash('sha256').update(bytes).digest('hex')
  } catch {
    return undefined
  }
}
