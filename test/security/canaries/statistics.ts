import type { Canary } from './canary.ts'

/** Codes, numbers and packed bytes, over the marked codes of the reports; the founder makes them in the main job. */
export const statisticsCanary: Canary = {
  columns: ['statistics_figures.facts'],
  coded: [
    'statistics_contributions.facts',
    'statistics_cubes.facts',
    'statistics_pools.facts',
    'statistics_release_parts.facts',
    'statistics_releases.facts',
  ],
  async fill({ caller, founder, told }) {
    await caller.expectOf(201, 'POST /v1/statistics/public-figures', {
      token: founder.token,
      body: {
        figure: { population: 'victims', period: '2001-Q1', at: {}, low: 1, high: 2, source: told('figure source') },
      },
    })
  },
}
