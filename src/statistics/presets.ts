import type { PresetList } from './schema.ts'

/** Cubes to begin with. A region or an institution also needs to be told how many people could be in a cell. */
export const presets: PresetList = {
  items: [
    {
      name: 'violation_region',
      title: 'Victims by violation and region, for each quarter',
      definition: {
        population: 'victims',
        dimensions: ['violation_family', 'region'],
        margins: 2,
        codes: {},
        candidate_pool: null,
      },
    },
    {
      name: 'sex_age_violation',
      title: 'Victims by sex, age band and violation',
      definition: {
        population: 'victims',
        dimensions: ['sex', 'age_band', 'violation_family'],
        margins: 2,
        codes: {},
        candidate_pool: null,
      },
    },
    {
      name: 'institution_violation_country',
      title: 'Acts by institution, violation and country',
      definition: {
        population: 'acts',
        dimensions: ['institution', 'violation_family', 'country'],
        margins: 2,
        codes: {},
        candidate_pool: null,
      },
    },
    {
      name: 'referral_type_outcome',
      title: 'Referrals by type and outcome',
      definition: {
        population: 'referrals',
        dimensions: ['assistance', 'referral_outcome'],
        margins: 2,
        codes: {},
        candidate_pool: null,
      },
    },
    {
      name: 'complaint_committee_stage_outcome',
      title: 'Complaints by committee, stage and outcome',
      definition: {
        population: 'complaints',
        dimensions: ['committee', 'complaint_stage', 'complaint_outcome'],
        margins: 3,
        codes: {},
        candidate_pool: null,
      },
    },
    {
      name: 'donor_indicators',
      title: 'Persons served, new and carried over, by type of assistance',
      definition: {
        population: 'beneficiaries',
        dimensions: ['assistance', 'newness', 'beneficiary', 'sex', 'age_band'],
        margins: 2,
        codes: {},
        candidate_pool: null,
      },
    },
  ],
}
