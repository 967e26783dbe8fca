const id = '0f6c0d57-8c1f-4d1b-9a55-6f1f3d2b7c90'

export const provider = {
  scope: 'coalition',
  identity: {
    name: 'Example Rehabilitation Centre',
    contacts: [{ kind: 'messenger', text: '@example', is_safe: true }],
  },
  facts: {
    sort: 'clinic',
    services: ['psychological', 'medical_care'],
    languages: ['tg', 'ru'],
    countries: ['TJ'],
    regions: ['TJ-KT'],
    capacity: 'free',
    capacity_on: '2026-03-02',
    vetted_on: '2026-01-15',
    fees: 'none',
    staff: 'women_on_request',
    accepts_minors: true,
  },
}

export const receipt = {
  id,
  organisation_id: '4e8b2f90-6c3d-4d15-9a7e-1b0c5d8e2f63',
  version: 1,
  scope: 'coalition',
  is_active: true,
  listed_on: '2026-03-02',
}

export const need = {
  service: 'psychological',
  language: 'tg',
  region: 'TJ-KT',
  prefers_staff: 'women',
  is_minor: true,
}
