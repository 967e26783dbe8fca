/** Where a region stands in the drawing. The left of the person is on the right of the view from before, on the left of none. */
type Place = readonly [x: number, y: number]

/** The middle lines of the four views: the body from before and from behind, the head, the soles. */
export const FRONT = 80
export const BACK = 225
export const HEAD = 365
export const SOLES = 365

/** Regions of the middle, each in the view that shows it best. */
const middle: Readonly<Record<string, Place>> = {
  scalp: [HEAD, 20],
  forehead: [HEAD, 42],
  nose: [HEAD, 78],
  face: [HEAD, 60],
  mouth_teeth: [HEAD, 102],
  jaw: [HEAD, 124],
  neck: [FRONT, 49],
  breastbone: [FRONT, 82],
  abdomen: [FRONT, 118],
  pelvis: [FRONT, 145],
  genitals: [FRONT, 162],
  upper_back: [BACK, 80],
  lower_back: [BACK, 122],
  anus: [BACK, 160],
}

/** Regions that there are two of: how far from the middle. */
const paired: Readonly<Record<string, readonly [middle: number, away: number, y: number]>> = {
  eye: [HEAD, 19, 62],
  ear: [HEAD, 49, 70],
  cheek: [HEAD, 30, 90],
  shoulder: [FRONT, 36, 64],
  upper_arm: [FRONT, 43, 86],
  elbow: [FRONT, 48, 110],
  forearm: [FRONT, 52, 130],
  wrist: [FRONT, 55, 150],
  hand: [FRONT, 57, 165],
  fingers: [FRONT, 58, 180],
  chest: [FRONT, 18, 80],
  flank: [FRONT, 25, 120],
  hip: [FRONT, 27, 152],
  thigh: [FRONT, 17, 185],
  knee: [FRONT, 18, 214],
  lower_leg: [FRONT, 18, 242],
  ankle: [FRONT, 18, 266],
  foot: [FRONT, 22, 281],
  toes: [FRONT, 28, 291],
  buttock: [BACK, 13, 152],
  sole: [SOLES, 22, 230],
}

/** Where a region is marked; undefined for what has no place of its own. From behind, left is left. */
export function placeOf(region: string): Place | undefined {
  const [, name = '', side] = /^(.*?)(?:_(left|right))?$/.exec(region) ?? []
  if (side === undefined) return middle[name]
  const found = paired[name]
  if (found === undefined) return undefined
  const [line, away, y] = found
  const isOnTheRight = (side === 'left') === (line !== BACK)
  return [isOnTheRight ? line + away : line - away, y]
}
