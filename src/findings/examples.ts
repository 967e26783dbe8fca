export const finding = {
  facts: {
    sort: 'physical',
    person: 'v1',
    regions: ['sole_left', 'sole_right'],
    kind: 'bruise',
    length_mm: 60,
    age_days_from: 2,
    age_days_to: 5,
    grade: 'highly_consistent',
  },
  narrative: { description: 'Two long bruises on each sole.', alleged_cause: 'Beaten on the soles with a stick.' },
}

export const examination = {
  identity: { clinician: 'Dr A. Example', qualifications: 'Forensic physician, 12 years.' },
  narrative: { place: 'A clinic of the organisation.', conclusions: 'The findings as a whole support the account.' },
  facts: {
    person: 'v1',
    on: '2026-02-10',
    consent: 'written',
    police_present: false,
    interpreter: 'not_needed',
    restraints: 'none',
    overall: 'highly_consistent',
  },
}
