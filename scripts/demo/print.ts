const TIME_COLUMN = 82
const isPretty = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
const bold = (text: string) => (isPretty ? `\u001b[1m${text}\u001b[22m` : text)

export const figure = (number: number): string => number.toLocaleString('en-GB')

export const heading = (text: string): void => console.log(`\n${bold(text)}`)

export const note = (text: string): void => console.log(`   ${text}`)

/** One step: its line with the time it took, and under it what there is to say of it. */
export async function step<T>(work: () => Promise<T>, tell: (done: T) => readonly [string, ...string[]]): Promise<T> {
  const started = performance.now()
  const done = await work()
  const time = `${figure(Math.round(performance.now() - started))} ms`
  const [line, ...details] = tell(done)
  console.log(`   ${line}${time.padStart(Math.max(TIME_COLUMN - line.length, time.length + 1))}`)
  for (const detail of details) console.log(`      ${detail}`)
  return done
}

/** Words on lines that fit, for lists of codes and other long things. */
export function wrapped(words: readonly string[], separator = ', '): string[] {
  const lines: string[] = []
  for (const [at, word] of words.entries()) {
    const text = at < words.length - 1 ? word + separator.trimEnd() : word
    const last = lines.at(-1)
    if (last === undefined || last.length + text.length + 1 > TIME_COLUMN - 8) lines.push(text)
    else lines[lines.length - 1] = `${last} ${text}`
  }
  return lines
}
