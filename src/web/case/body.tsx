import { sayCase } from '../words/case.ts'
import { sayListed } from '../words/words.ts'

type Box = readonly [x: number, y: number, width: number, height: number]

/** Places on a figure that is seen from the front; of what has two sides, that on the figure's own right, which is left on the page. */
const front: Readonly<Record<string, Box>> = {
  scalp: [44, 0, 22, 5],
  forehead: [44, 6, 22, 5],
  eye: [45, 12, 8, 4],
  ear: [39, 12, 4, 8],
  nose: [53, 13, 4, 7],
  cheek: [45, 17, 7, 6],
  mouth_teeth: [49, 22, 12, 4],
  jaw: [47, 27, 16, 4],
  face: [44, 11, 22, 17],
  neck: [49, 32, 12, 8],
  shoulder: [27, 42, 12, 9],
  chest: [40, 43, 13, 20],
  breastbone: [53, 43, 4, 20],
  upper_arm: [22, 52, 9, 20],
  elbow: [20, 73, 9, 6],
  forearm: [17, 80, 9, 19],
  wrist: [15, 100, 8, 4],
  hand: [12, 105, 10, 8],
  fingers: [10, 114, 10, 7],
  abdomen: [42, 65, 26, 20],
  flank: [36, 65, 5, 20],
  pelvis: [42, 86, 26, 8],
  hip: [36, 86, 5, 12],
  genitals: [50, 95, 10, 7],
  thigh: [38, 103, 13, 32],
  knee: [38, 136, 12, 9],
  lower_leg: [39, 146, 11, 30],
  ankle: [39, 177, 10, 5],
  foot: [35, 183, 14, 7],
  toes: [33, 191, 14, 4],
}

/** The same from behind; its own right is right on the page. */
const back: Readonly<Record<string, Box>> = {
  upper_back: [42, 43, 26, 21],
  lower_back: [42, 65, 26, 19],
  buttock: [56, 86, 13, 14],
  anus: [53, 98, 4, 5],
  sole: [57, 184, 14, 11],
}

const WIDTH = 110
const SIDE = /_(left|right)$/

/** A box for a region such as `hand_left`, on its own side of the figure. */
function boxOf(places: Readonly<Record<string, Box>>, region: string): Box | undefined {
  const box = places[region.replace(SIDE, '')]
  if (box === undefined || !region.endsWith('_left')) return box
  const [x, y, width, height] = box
  return [WIDTH - x - width, y, width, height]
}

/** Where somebody was hurt. All that it shows stands in words beside it. */
export function Body({ regions }: { readonly regions: readonly string[] }) {
  const unique = [...new Set(regions)]
  const said = unique.map((region) => sayListed('body_regions', region)).join(', ')
  return (
    <div class="bodies">
      <Figure title={sayCase('findings.front')} said={said} places={front} regions={unique} />
      <Figure title={sayCase('findings.back')} said={said} places={back} regions={unique} />
    </div>
  )
}

type FigureProps = {
  readonly title: string
  readonly said: string
  readonly places: typeof front
  readonly regions: readonly string[]
}

function Figure({ title, said, places, regions }: FigureProps) {
  const whole = regions.includes('whole_body')
  return (
    <figure>
      <svg viewBox="0 0 110 198" role="img" aria-label={`${title}: ${said}`} class={whole ? 'whole' : ''}>
        <g class="figure">
          <ellipse cx="55" cy="16" rx="13" ry="16" />
          <rect x="48" y="30" width="14" height="12" />
          <rect x="34" y="41" width="42" height="60" rx="10" />
          <rect x="18" y="43" width="14" height="80" rx="7" transform="rotate(8 25 43)" />
          <rect x="78" y="43" width="14" height="80" rx="7" transform="rotate(-8 85 43)" />
          <rect x="37" y="92" width="16" height="104" rx="7" />
          <rect x="57" y="92" width="16" height="104" rx="7" />
        </g>
        {regions.map((region) => {
          const box = boxOf(places, region)
          if (box === undefined) return null
          const [x, y, width, height] = box
          return (
            <rect key={region} class="hurt" x={x} y={y} width={width} height={height} rx="2">
              <title>{sayListed('body_regions', region)}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption>{title}</figcaption>
    </figure>
  )
}
