// Invented people and events, one report of each kind, as a monitor might write them.

const torture = {
  facts: {
    kind: 'torture_or_ill_treatment',
    occurred: { precision: 'day', from: '2025-11-14', certainty: 'stated' },
    place: { country: 'KZ', region: 'KZ-39', setting: 'police_premises', detention_place: 'police_station' },
    parties: [
      {
        ref: 'v1',
        roles: ['victim', 'source'],
        sort: 'person',
        sex: 'male',
        age_band: '25_34',
        occupations: ['worker'],
      },
      {
        ref: 'p1',
        roles: ['alleged_perpetrator'],
        sort: 'group',
        count: 2,
        institution: 'police_criminal',
        involvement: 'carried_out',
      },
    ],
    acts: [
      {
        violation: 'torture_physical',
        victim_ref: 'v1',
        perpetrator_refs: ['p1'],
        methods: ['beating_object', 'asphyxiation_bag'],
      },
      { violation: 'torture_no_investigation', victim_ref: 'v1' },
    ],
    sources: [{ ref: 'v1', connection: 'victim', reliability: 'usually_reliable', validity: 'probably_true' }],
    details: { purposes: ['confession'], duration: 'hours', injuries: 'medical_record', complaint_made: 'yes' },
  },
  narrative: {
    summary: 'Избиение в отделе полиции с целью получить признание',
    account: 'Заявителя задержали вечером у дома. В кабинете на втором этаже ему надевали на голову пакет и били.',
    place_text: 'Районный отдел полиции, кабинет на втором этаже',
    language: 'ru',
    injuries: 'Кровоподтёки на спине и плечах, описаны в травмпункте на следующий день.',
  },
  identity: {
    parties: [
      {
        ref: 'v1',
        names: [
          { text: 'Ерболат Сейткали', script: 'cyrillic', kind: 'official' },
          { text: 'Yerbolat Seitkali', script: 'latin', kind: 'transliteration' },
        ],
        born: '1994-06',
        contacts: [{ kind: 'through_somebody', text: 'через сестру, только вечером', is_safe: true }],
      },
      { ref: 'p1', names: [], unit: 'Отделение криминальной полиции', rank: 'старший лейтенант' },
    ],
  },
  legal: { readings: [{ article: 'CAT-1', basis: 'own_reading', certainty: 'medium' }] },
}

const detention = {
  facts: {
    kind: 'arbitrary_detention',
    occurred: { precision: 'range', from: '2025-09-02', to: '2025-09-05' },
    place: { country: 'TJ', region: 'TJ-DU', setting: 'street', detention_place: 'temporary_detention' },
    parties: [{ ref: 'v1', roles: ['victim'], sort: 'person', sex: 'female', occupations: ['lawyer'] }],
    acts: [{ violation: 'liberty_unrecorded_detention', victim_ref: 'v1' }],
    sources: [{ connection: 'relative', reliability: 'reliable', validity: 'probably_true' }],
    details: {
      outcome: 'released',
      legal_basis: 'none_given',
      hours_to_recorded_arrest: 52,
      safeguards: { lawyer: 'not_met', family_told: 'late', registration: 'late' },
    },
  },
  narrative: { summary: 'Адвоката держали трое суток без протокола', language: 'ru', charge: 'Обвинение не назвали.' },
  identity: { parties: [{ ref: 'v1', names: [{ text: 'Мавзуна Раҳимзода', script: 'cyrillic' }] }] },
}

const disappearance = {
  facts: {
    kind: 'enforced_disappearance',
    occurred: { precision: 'month', from: '2024-03' },
    place: { country: 'TM', region: 'TM-S', setting: 'home' },
    parties: [
      { ref: 'v1', roles: ['victim'], sort: 'person', sex: 'male', age_band: '45_59' },
      { ref: 's1', roles: ['source'], sort: 'person', sex: 'female' },
    ],
    acts: [{ violation: 'disappearance_enforced', victim_ref: 'v1' }],
    sources: [{ ref: 's1', connection: 'relative', reliability: 'usually_reliable', validity: 'possibly_true' }],
    details: {
      authority_response: 'no_reply',
      last_seen: { precision: 'estimated', from: '2024-03' },
      is_taken_by_officials: 'yes',
      search: 'refused',
    },
  },
  narrative: {
    summary: 'Öýünden alnyp gidilenden soň habarsyz',
    language: 'tk',
    last_seen: 'Goňşular ak ulagy gördüler.',
  },
  identity: { parties: [{ ref: 'v1', names: [{ text: 'Merdan Orazow', script: 'latin' }] }] },
}

const assembly = {
  facts: {
    kind: 'assembly',
    occurred: { precision: 'day', from: '2025-05-01' },
    place: { country: 'KG', region: 'KG-GB', setting: 'street' },
    parties: [{ ref: 'g1', roles: ['victim'], sort: 'group', count: 14, occupations: ['activist'] }],
    acts: [
      { violation: 'assembly_dispersal', victim_ref: 'g1' },
      { violation: 'assembly_detention', victim_ref: 'g1' },
    ],
    sources: [{ connection: 'eyewitness', reliability: 'reliable', validity: 'confirmed' }],
    details: {
      dispersal: 'force',
      participants: '50_199',
      form: 'rally',
      notification: 'given',
      means_of_force: ['batons'],
      detained: 14,
    },
  },
  narrative: { summary: 'Тынч жыйын күч менен таркатылды', language: 'ky', demands: 'Таза суу' },
}

const expression = {
  facts: {
    kind: 'expression_and_media',
    occurred: { precision: 'day', from: '2025-02-20' },
    place: { country: 'UZ', region: 'UZ-TK', setting: 'online' },
    parties: [{ ref: 'v1', roles: ['victim', 'source'], sort: 'person', sex: 'female', occupations: ['blogger'] }],
    acts: [{ violation: 'expression_prosecution', victim_ref: 'v1' }],
    sources: [{ ref: 'v1', connection: 'victim', reliability: 'reliable', validity: 'confirmed' }],
    details: { measures: ['administrative_fine', 'removal'], medium: 'messenger', ground: 'insult_of_official' },
  },
  narrative: {
    summary: 'Telegram kanaldagi post uchun jarima',
    language: 'uz',
    publication: 'Yo‘l ta’miri haqida post',
  },
  identity: { parties: [{ ref: 'v1', names: [{ text: 'Dilnoza Yo‘ldosheva', script: 'latin' }] }] },
}

const death = {
  facts: {
    kind: 'unlawful_death',
    occurred: { precision: 'estimated', from: '2024-12' },
    place: { country: 'TJ', region: 'TJ-SU', setting: 'place_of_detention', detention_place: 'prison_colony' },
    parties: [
      { ref: 'v1', roles: ['victim'], sort: 'person', sex: 'male', age_band: '35_44', occupations: ['prisoner'] },
      { ref: 'i1', roles: ['alleged_perpetrator'], sort: 'institution', institution: 'prison_service' },
    ],
    acts: [{ violation: 'life_death_in_custody', victim_ref: 'v1', perpetrator_refs: ['i1'] }],
    sources: [{ connection: 'relative', reliability: 'fairly_reliable', validity: 'possibly_true' }],
    details: { circumstances: 'care_denied', custody: 'in_custody', autopsy: 'refused', family_told: 'late' },
  },
  narrative: {
    summary: 'Смерть осуждённого в колонии',
    language: 'ru',
    official_version: 'Острая сердечная недостаточность.',
    cause_of_death: 'Семья видела следы побоев на теле.',
  },
}

const genderBasedViolence = {
  facts: {
    kind: 'gender_based_violence',
    occurred: { precision: 'range', from: '2023', to: '2025-07' },
    place: { country: 'KG', region: 'KG-O', setting: 'home' },
    parties: [
      { ref: 'v1', roles: ['victim'], sort: 'person', sex: 'female', special_protection: ['pregnant_or_nursing'] },
      { ref: 'p1', roles: ['alleged_perpetrator'], sort: 'person', sex: 'male', institution: 'family_or_partner' },
    ],
    acts: [{ violation: 'gbv_domestic_violence', victim_ref: 'v1', perpetrator_refs: ['p1'] }],
    sources: [{ connection: 'doctor', reliability: 'reliable', validity: 'probably_true' }],
    details: {
      relationship: 'partner',
      forms: ['physical', 'economic'],
      police_response: 'discouraged',
      is_repeated: 'yes',
    },
  },
  narrative: { summary: 'Repeated violence at home; the police declined to register it', language: 'en' },
}

const other = {
  facts: {
    kind: 'other',
    occurred: { precision: 'year', from: '2024' },
    place: { country: 'KZ', region: 'KZ-71', setting: 'religious_place' },
    parties: [{ ref: 'g1', roles: ['victim'], sort: 'group', count: 40, occupations: ['religious_believer'] }],
    acts: [{ violation: 'religion_registration', victim_ref: 'g1' }],
    sources: [{ connection: 'organisation', reliability: 'usually_reliable', validity: 'possibly_true' }],
    details: { measure: 'decision', is_continuing: 'yes' },
  },
  narrative: { summary: 'A community was refused registration for the third time', language: 'en' },
}

/** One report of each kind. */
export const reports = [
  torture,
  detention,
  disappearance,
  assembly,
  expression,
  death,
  genderBasedViolence,
  other,
] as const
