import { definition } from './examples.ts'

const stewards = ['2b1f7c0e-6d1a-4f0e-9d4e-0a6c2f5b7e11', '7c9e6679-7425-40de-944b-e07fc1f90ae7']
const organisations = ['0b8f2a34-5c6d-4e7f-8a9b-0c1d2e3f4a5b', '6a5b4c3d-2e1f-4a0b-9c8d-7e6f5a4b3c2d']
const poolId = '3c2b1a09-8f7e-4d6c-9b5a-49382716fedc'

export const newPool = { definition, period: '2026-Q3', organisations, stewards }

export const pool = {
  id: poolId,
  organisation_id: organisations[0],
  period: '2026-Q3',
  status: 'open',
  declared_by: stewards[0],
  declared_on: '2026-10-01',
  definition,
  seats: organisations.map((organisation_id, index) => ({
    organisation_id,
    steward_id: stewards[index],
    contributed_on: null,
  })),
}

export const contribution = { stewards }
export const contributed = { pool_id: poolId, stewards, dimensions: definition.dimensions, units: 240 }
