// What no XML can hold, and the marks by which a text could turn the reading direction of what stands around it.
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF\p{Surrogate}]/gu

/** The text without what would break the file or turn it around. */
export const fit = (text: string): string => text.replaceAll(UNFIT, '').replaceAll('\t', ' ')

/** The lines of a text: an empty one stays empty. */
export const linesOf = (text: string): string[] => fit(text).split(/\r\n|\r|\n/)

// Words written from right to left, with what stands between them.
const FROM_RIGHT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+(?:[ \u00A0]+[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+)*/gu

/** A piece of a line that runs in one direction. */
export type Run = { readonly text: string; readonly isFromRight: boolean }

/** The pieces of a line, in the order in which they are read. */
export function runsOf(line: string): Run[] {
  const runs: Run[] = []
  let done = 0
  for (const { 0: text, index } of line.matchAll(FROM_RIGHT)) {
    if (index > done) runs.push({ text: line.slice(done, index), isFromRight: false })
    runs.push({ text, isFromRight: true })
    done = index + text.length
  }
  if (done < line.length || line === '') runs.push({ text: line.slice(done), isFromRight: false })
  return runs
}
