export const episode = {
  facts: {
    person: 'v1',
    came_by: 'arrest',
    place: 'police_station',
    from: '2026-02-03T19:30',
    recorded_at: '2026-02-04T11',
    to: '2026-02-06',
    legal_basis: 'witness',
    safeguards: [{ safeguard: 'lawyer', state: 'late', after_hours: 30, said_by: 'victim' }],
  },
  narrative: { place: 'Second floor, the room without a window.' },
}
