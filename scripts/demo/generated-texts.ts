import type { State } from './coalition.ts'
import type { Random } from './random.ts'

type Text = { readonly language: string; readonly summary: string; readonly account: string }

/** Each says first that it is invented, then what a short report might say. */
const texts: Readonly<Record<State, readonly [Text, Text]>> = {
  KG: [
    {
      language: 'ky',
      summary: 'ОЙДОН ЧЫГАРЫЛГАН: арыз ээсинин айтканы боюнча',
      account: 'Бул билдирүү көрсөтмө үчүн ойдон чыгарылган. Мындай адам да, мындай окуя да жок.',
    },
    {
      language: 'ru',
      summary: 'ВЫМЫШЛЕНО: со слов заявителя',
      account: 'Сообщение выдумано для демонстрации. Ни такого человека, ни такого события нет.',
    },
  ],
  KZ: [
    {
      language: 'kk',
      summary: 'ОЙДАН ШЫҒАРЫЛҒАН: арыз берушінің айтуынша',
      account: 'Бұл хабарлама көрсету үшін ойдан шығарылған. Мұндай адам да, мұндай оқиға да жоқ.',
    },
    {
      language: 'ru',
      summary: 'ВЫМЫШЛЕНО: наблюдатель был на месте на следующий день',
      account: 'Сообщение выдумано для демонстрации. Ни такого человека, ни такого события нет.',
    },
  ],
  TJ: [
    {
      language: 'tg',
      summary: 'СОХТА: аз рӯйи гуфтаи аризадиҳанда',
      account: 'Ин хабар барои намоиш сохта шудааст. Чунин шахс ва чунин ҳодиса вуҷуд надорад.',
    },
    {
      language: 'ru',
      summary: 'ВЫМЫШЛЕНО: рассказано родственниками по телефону',
      account: 'Сообщение выдумано для демонстрации. Ни такого человека, ни такого события нет.',
    },
  ],
  UZ: [
    {
      language: 'uz',
      summary: 'O‘YLAB TOPILGAN: ariza beruvchining so‘zlariga ko‘ra',
      account: 'Bu xabar namoyish uchun o‘ylab topilgan. Bunday odam ham, bunday voqea ham yo‘q.',
    },
    {
      language: 'en',
      summary: 'INVENTED: as told to the monitor',
      account: 'This report is invented for a demonstration. There is no such person and no such event.',
    },
  ],
}

/** The surnames say "example". */
const people: Readonly<
  Record<State, { readonly given: Record<'female' | 'male', readonly string[]>; readonly surname: string }>
> = {
  KG: { given: { female: ['Айжан', 'Гүлзат', 'Мээрим'], male: ['Азамат', 'Нурлан', 'Талант'] }, surname: 'Мисал' },
  KZ: { given: { female: ['Айгерім', 'Жанар', 'Мәдина'], male: ['Ерболат', 'Қанат', 'Нұржан'] }, surname: 'Мысал' },
  TJ: { given: { female: ['Мавзуна', 'Ситора', 'Гулноз'], male: ['Рустам', 'Сиёвуш', 'Парвиз'] }, surname: 'Мисол' },
  UZ: { given: { female: ['Dilnoza', 'Malika', 'Shahnoza'], male: ['Bobur', 'Otabek', 'Sherzod'] }, surname: 'Misol' },
}

export function narrativeFor(random: Random, state: State, number: number) {
  const { language, summary, account } = random.pick(texts[state])
  return { summary: `${summary} (№ ${String(number)})`, account, language }
}

export function nameFor(random: Random, state: State, sex: 'female' | 'male') {
  const { given, surname } = people[state]
  return { text: `${random.pick(given[sex])} ${surname}`, script: state === 'UZ' ? 'latin' : 'cyrillic' }
}
