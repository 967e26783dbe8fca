const coordinator = '2b1f7c0e-6d1a-4f0e-9d4e-0a6c2f5b7e11'
const releaseId = '9e0c1a52-3f7b-4c1d-8a55-6b2d9c3e4f21'

export const definition = {
  population: 'victims',
  dimensions: ['sex', 'violation_family'],
  margins: 2,
  codes: { sex: ['female', 'male'] },
  candidate_pool: null,
}

export const cube = {
  id: '5d3a8f64-1c2b-4e7a-b9d0-7f1e2a3b4c5d',
  version: 1,
  declared_by: coordinator,
  declared_on: '2026-10-01',
  definition,
}

export const trial = {
  outcome: 'passes',
  reason: null,
  roll_up: null,
  cells: 105,
  cells_shown: 31,
  persons_shown: [
    { dimensions: 1, share: 0.98 },
    { dimensions: 2, share: 0.84 },
  ],
}

export const look = {
  unit: 'Victims.',
  warning: 'Unprotected: for your own eyes.',
  dimensions: ['sex'],
  counts: [{ codes: ['female'], count: 12 }],
}

export const state = { id: releaseId, version: 2, status: 'released' }

export const summary = {
  id: releaseId,
  cube_id: cube.id,
  cube_version: 1,
  pool_id: null,
  period: '2026-Q3',
  version: 2,
  status: 'released',
  made_by: coordinator,
  made_on: '2026-10-02',
  released_on: '2026-10-03',
  withdrawn_on: null,
  withdrawn_for: null,
  signers: [coordinator, '7c9e6679-7425-40de-944b-e07fc1f90ae7'],
}

export const release = {
  ...summary,
  entry: {
    definition,
    period: '2026-Q3',
    population: 'victims',
    snapshot_of: releaseId,
    figures: [
      { at: ['_T', '_T'], shown: { value: 120, low: 118, high: 122 } },
      { at: ['female', 'torture'], shown: null },
    ],
    bytes_sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    threshold: 10,
    rounding: 5,
    coin: { one: 0.01, more: 0.05 },
    code_version: '0.1.0',
    verdict: 'accepted',
    refusal: null,
  },
  notice: null,
}

export const figure = {
  population: 'victims',
  period: '2026-Q2',
  at: { country: 'KG' },
  low: 40,
  high: 44,
  source: 'Invented: annual report of a coalition, page 12',
}

export const enteredFigure = {
  id: '1f0e9d8c-7b6a-4958-8473-62514039e2d1',
  entered_by: coordinator,
  entered_on: '2026-10-01',
  figure,
}
