import { z } from 'zod'
import type { Api } from './api.ts'

const Trial = z.object({
  outcome: z.enum(['passes', 'refused']),
  roll_up: z.object({ dimensions: z.array(z.string()), margins: z.int() }).nullable(),
  cells: z.int(),
  cells_shown: z.int(),
  persons_shown: z.array(z.object({ dimensions: z.int(), share: z.number() })),
})

const definition = { population: 'victims', dimensions: ['sex', 'violation_family'], margins: 2 }

/** Declares a cube, and tries how much of it could be shown of this year: a release waits until the year is over. */
export async function tryCube(api: Api): Promise<string[]> {
  const Cube = z.object({ id: z.string() })
  const cube = await api('POST /v1/statistics/cubes', { status: 201, reply: Cube, body: { definition } })
  const body = { period: String(new Date().getUTCFullYear()) }
  const trial = await api(`POST /v1/statistics/cubes/${cube.id}/trials`, { status: 200, reply: Trial, body })
  return outcomeOf(trial)
}

function outcomeOf({ outcome, roll_up, cells, cells_shown, persons_shown }: z.output<typeof Trial>): string[] {
  if (outcome === 'refused') {
    const works =
      roll_up === null ? 'none was found' : `${roll_up.dimensions.join(' and ')}, ${roll_up.margins} together`
    return ['It would be refused: too much of it would have to be hidden', `A roll-up that works: ${works}`]
  }
  const shares = persons_shown.map(
    ({ share, dimensions }) => `${Math.round(share * 100)} % of persons by ${dimensions}`,
  )
  return [`${cells_shown} of ${cells} cells would be shown: ${shares.join(', ')} dimensions`]
}
