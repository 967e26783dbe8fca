/** Numbers that look random and are the same each time (mulberry32). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const names = ['Айгуль', 'Бахтиёр', 'Гүлнара', 'Дилшод', 'Ерболат', 'Зарина', 'Мавзуна', 'Нұрлан', 'Оразгуль', 'Шерзод']
const surnames = ['Абдиев', 'Бекова', 'Джумаев', 'Каримзода', 'Назаров', 'Оспанова', 'Раҳимов', 'Сейткали', 'Юсупова']
const sentences = [
  'Заявителя задержали вечером у дома и отвезли в отдел, не объяснив причины.',
  'В кабинете на втором этаже его били по спине и требовали подписать признание.',
  'Адвоката к нему не пустили до следующего утра.',
  'Наутро в травмпункте описали кровоподтёки на спине и на плечах.',
  'Жалобу в прокуратуру приняли, но ответа на неё до сих пор нет.',
  'Соседка по камере слышала крики и готова это подтвердить.',
]
const regions = ['KZ-39', 'KZ-71', 'KZ-75', 'KZ-79'] as const
const methods = ['beating_object', 'asphyxiation_bag'] as const

/** An invented report as a monitor writes one: some 1.7 KB of JSON, most of it in Cyrillic. */
function report(below: (limit: number) => number) {
  const one = <T>(list: readonly T[], otherwise: T): T => list[below(list.length)] ?? otherwise
  const day = `2025-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`
  const named = `${one(names, 'Айгуль')} ${one(surnames, 'Абдиев')}`
  return {
    facts: {
      kind: 'torture_or_ill_treatment',
      occurred: { precision: 'day', from: day, certainty: 'stated' },
      place: {
        country: 'KZ',
        region: one(regions, 'KZ-39'),
        setting: 'police_premises',
        detention_place: 'police_station',
      },
      parties: [
        {
          ref: 'v1',
          roles: ['victim', 'source'],
          sort: 'person',
          sex: one(['male', 'female'], 'male'),
          age_band: '25_34',
        },
        { ref: 'p1', roles: ['alleged_perpetrator'], sort: 'group', count: 2, institution: 'police_criminal' },
      ],
      acts: [
        {
          violation: 'torture_physical',
          victim_ref: 'v1',
          perpetrator_refs: ['p1'],
          methods: [one(methods, 'beating_object')],
        },
      ],
      sources: [{ ref: 'v1', connection: 'victim', reliability: 'usually_reliable', validity: 'probably_true' }],
      details: { purposes: ['confession'], duration: 'hours', injuries: 'medical_record', complaint_made: 'yes' },
    },
    narrative: {
      summary: 'Избиение в отделе полиции',
      account: Array.from({ length: 6 }, () => one(sentences, '')).join(' '),
      language: 'ru',
    },
    identity: {
      parties: [{ ref: 'v1', names: [{ text: named, script: 'cyrillic' }], born: `19${String(60 + below(40))}` }],
    },
  }
}

/** So many reports as JSON, the same each time. */
export function reportsAsJson(count: number): string[] {
  const below = numbersFrom(20_251_122)
  return Array.from({ length: count }, () => JSON.stringify(report(below)))
}
