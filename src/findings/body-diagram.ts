import type { Drawing } from '../platform/documents/model.ts'
import { BACK, FRONT, HEAD, placeOf, SOLES } from './body-places.ts'

/** What is to be marked: the number of a finding, and its regions. */
export type Mark = { readonly number: number; readonly regions: readonly string[] }

const SKIN = '#e3e0dc'
const LINE = '#8a857e'
const MARK = '#a3161a'
const RADIUS = 7

/** The body from before and behind, the head and the soles, with the numbers of the findings at their regions. */
export function bodyDiagram(marks: readonly Mark[]): Drawing {
  const areas = [...body(FRONT), ...body(BACK), ...head, ...soles].map((path) => ({ path, fill: SKIN }))
  return { width: 430, height: 305, shapes: [...areas, { path: features, stroke: LINE }, ...placed(marks)] }
}

const ellipse = (x: number, y: number, [wide, high]: readonly [number, number]): string =>
  `M${String(x - wide)} ${String(y)}a${String(wide)} ${String(high)} 0 1 0 ${String(2 * wide)} 0a${String(wide)} ${String(high)} 0 1 0 ${String(-2 * wide)} 0Z`

const outline = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${String(x)} ${String(y)}`).join('L')}Z`

const trunk = [
  [0, 36],
  [6, 36],
  [7, 50],
  [32, 57],
  [36, 66],
  [27, 82],
  [24, 122],
  [30, 152],
  [31, 170],
  [0, 176],
] as const
const arm = [
  [30, 57],
  [40, 62],
  [48, 86],
  [53, 110],
  [58, 150],
  [51, 152],
  [43, 114],
  [31, 72],
] as const
const leg = [
  [1, 168],
  [31, 166],
  [28, 205],
  [26, 216],
  [26, 240],
  [22, 272],
  [14, 272],
  [11, 240],
  [9, 214],
] as const

/** A body about the line `x`: each part and its mirror image. */
function body(x: number): string[] {
  const sides = [1, -1].flatMap((side) => [
    ...[trunk, arm, leg].map((part) => outline([...part].map(([away, y]) => [x + side * away, y]))),
    ellipse(x + side * 57, 165, [6, 17]),
    ellipse(x + side * 22, 280, [9, 9]),
  ])
  return [ellipse(x, 24, [15, 20]), outline(trunk.flatMap(([away, y]) => [[x + away, y]])), ...sides]
}

const head = [ellipse(HEAD, 75, [46, 62]), ellipse(HEAD - 47, 74, [6, 14]), ellipse(HEAD + 47, 74, [6, 14])]
const soles = [-22, 22].flatMap((away) => [ellipse(SOLES + away, 215, [15, 26]), ellipse(SOLES + away, 255, [11, 20])])
const features = [
  ellipse(HEAD - 19, 62, [8, 4]),
  ellipse(HEAD + 19, 62, [8, 4]),
  `M${String(HEAD)} 64L${String(HEAD - 7)} 86L${String(HEAD + 5)} 86`,
  `M${String(HEAD - 16)} 103Q${String(HEAD)} 110 ${String(HEAD + 16)} 103`,
].join('')

// Several findings of one region stand beside one another, three in a row.
const ROW = 3
const STEP_BESIDE = 1.6 * RADIUS

function placed(marks: readonly Mark[]): Drawing['shapes'] {
  const before = new Map<string, number>()
  return marks.flatMap(({ number, regions }) =>
    regions.flatMap((region) => {
      const place = placeOf(region)
      if (place === undefined) return []
      const nth = before.get(region) ?? 0
      before.set(region, nth + 1)
      const [x, y] = place
      return mark(number, x + (nth % ROW) * STEP_BESIDE, y + Math.floor(nth / ROW) * STEP_BESIDE)
    }),
  )
}

const mark = (number: number, x: number, y: number): Drawing['shapes'] => [
  { path: ellipse(x, y, [RADIUS, RADIUS]), fill: MARK },
  { path: figures(String(number), x, y), stroke: '#ffffff' },
]

// Each figure as lines in a field of 3 by 6: where the pen begins, and its way from there.
const strokes: readonly (readonly [x: number, y: number, way: string])[] = [
  [0, 0, 'h3v6h-3z'],
  [1.5, 0, 'v6'],
  [0, 0, 'h3v3h-3v3h3'],
  [0, 0, 'h3v6h-3m0 -3h3'],
  [0, 0, 'v3h3m0 -3v6'],
  [3, 0, 'h-3v3h3v3h-3'],
  [3, 0, 'h-3v6h3v-3h-3'],
  [0, 0, 'h3v6'],
  [0, 0, 'h3v6h-3zm0 3h3'],
  [3, 3, 'h-3v-3h3v6h-3'],
]
const STEP = 4.6

function figures(number: string, x: number, y: number): string {
  const left = x - (number.length * STEP - 1.6) / 2
  return Array.from(number, (figure, at) => {
    const [dx, dy, way] = strokes[Number(figure)] ?? [0, 0, '']
    return `M${String(left + at * STEP + dx)} ${String(y - 3 + dy)}${way}`
  }).join('')
}
