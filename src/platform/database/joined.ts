const FLIGHTS_MOST = 2

type Waiting<K, V> = { readonly key: K; resolve(found: V | undefined): void; reject(error: unknown): void }

/**
 * Look-ups by key that are asked for at the same moment become one statement. Each is answered by a statement that began
 * after it was asked for: nothing is remembered, so a change that was committed before is always seen.
 */
export function joined<K extends string, V>(find: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {
  let waiting: Waiting<K, V>[] = []
  let flights = 0

  async function fly(): Promise<void> {
    if (waiting.length === 0 || flights >= FLIGHTS_MOST) return
    const asking = waiting
    waiting = []
    flights += 1
    try {
      const found = await find([...new Set(asking.map(({ key }) => key))])
      for (const { key, resolve } of asking) resolve(found.get(key))
    } catch (error) {
      for (const { reject } of asking) reject(error)
    } finally {
      flights -= 1
      void fly()
    }
  }

  return (key: K): Promise<V | undefined> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      // After the other requests that have arrived by now were read.
      if (waiting.length === 1) setImmediate(() => void fly())
    })
}
