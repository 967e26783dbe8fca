import { promiseOf, type Table, TOTAL } from './table.ts'

const BAR = 22
const LABEL = 260
const WIDTH = 420

/** Text inside markup. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * Bars of one dimension, one for each code in the order of the codes. What is hidden is hatched over the full length,
 * and the scale follows from the shown figures alone, so that neither tells anything of a hidden count.
 */
export function toChart(table: Table, axis: number): string {
  const dimension = table.dimensions[axis]
  if (dimension === undefined) throw new Error('there is no such dimension to draw')
  const bars = table.figures.filter(({ at }) => at.every((code, other) => (code === TOTAL) === (other !== axis)))
  const most = Math.max(1, ...bars.map(({ shown }) => shown?.value ?? 0))
  const title = `Reported ${table.population} of ${table.period} by ${dimension.title.toLowerCase()}`
  const height = (bars.length + 3) * BAR
  const drawn = bars.flatMap(({ at, shown }, row) => {
    const y = (row + 1.5) * BAR
    const length = shown === null ? WIDTH : Math.round((shown.value / most) * WIDTH)
    const fill = shown === null ? 'url(#hidden)' : '#31688e'
    return [
      `<text x="${LABEL - 8}" y="${y + 15}" text-anchor="end">${escaped(at[axis] ?? '')}</text>`,
      `<rect x="${LABEL}" y="${y}" width="${length}" height="${BAR - 4}" fill="${fill}"/>`,
      `<text x="${LABEL + WIDTH + 8}" y="${y + 15}">${shown === null ? 'hidden' : shown.value}</text>`,
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LABEL + WIDTH + 80} ${height}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(`${promiseOf(table).join(' ')} Hatched: hidden, which says nothing about the count.`)}</desc>`,
    '<defs><pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" fill="#999"/></pattern></defs>',
    `<text x="8" y="18" font-weight="bold">${escaped(title)}</text>`,
    ...drawn,
    `<text x="8" y="${height - 8}" font-size="10">Hatched: hidden, which says nothing about the count. Reported to us, not all that happened.</text>`,
    '</svg>',
    '',
  ].join('\n')
}
