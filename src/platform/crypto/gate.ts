/** Too much is waiting already; try again later. */
export class Busy extends Error {
  constructor() {
    super('too much is waiting')
    this.name = 'Busy'
  }
}

/** A gate that lets so many works run at once and so many wait, first come first served; then it throws Busy. */
export function gate(runningMax: number, waitingMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running >= runningMax) {
      if (waiting.length >= waitingMax) throw new Busy()
      // Whoever leaves hands over its place, so `running` does not change here.
      await new Promise<void>((enter) => waiting.push(enter))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
