import type { View } from './views.ts'

/** The names in Cyrillic, as far as they are in public use or follow letter by letter. */
const cyrillic: Readonly<Record<string, string>> = {
  'Alexander Gerasimov': 'Александр Герасимов',
  'Oleg Evloev': 'Олег Евлоев',
  'Rasim Bayramov': 'Расим Байрамов',
  'Ashim Rakishev': 'Ашим Ракишев',
  'Dmitry Rakishev': 'Дмитрий Ракишев',
  'Bakhytzhan Toregozhina': 'Бахытжан Торегожина',
  'Nikolai Valetov': 'Николай Валетов',
  'Zhaslan Suleimenov': 'Жаслан Сулейменов',
  'Anna Belousova': 'Анна Белоусова',
  'Azimjan Askarov': 'Азимжан Аскаров',
  'Suyunbai Akmatov': 'Суюнбай Акматов',
  'Turdubek Akmatov': 'Турдубек Акматов',
  'Turdukan Zhumbaeva': 'Турдукан Жумбаева',
  'Tashkenbaj Moidunov': 'Ташкенбай Мойдунов',
  'Nurbek Toktakunov': 'Нурбек Токтакунов',
  'Kuluypa Tashtanova': 'Кулуйпа Таштанова',
  'Belek Kurmanbekov': 'Белек Курманбеков',
  'Abduali Kurbanov': 'Абдуали Курбанов',
  'Ms. Kurbanova': 'Курбанова',
  'Barno Saidova': 'Барно Саидова',
  'Gaibullodzhon Saidov': 'Гайбуллоджон Саидов',
  'Zaid Saidov': 'Зайд Саидов',
  'Khairullo Saidov': 'Хайрулло Саидов',
  'Tatiana Shikhmuradova': 'Татьяна Шихмурадова',
  'Boris Shikhmuradov': 'Борис Шихмурадов',
  'Zafar Abdullayev': 'Зафар Абдуллаев',
  'Arslan Dawletow': 'Арслан Давлетов',
  'Rakhim Mavlonov': 'Рахим Мавлонов',
  'Olimzhon Eshonov': 'Олимжон Эшонов',
  'Orif Eshonov': 'Ориф Эшонов',
  'Sirozhiddin Allaberdiev': 'Сирожиддин Аллабердиев',
  'Mr. Tulyaganov': 'Туляганов',
}

type Named = { readonly ref: string; readonly names: object[]; readonly note?: string }

/** `isDirect`: the violations as coded are against this person, not only against somebody of theirs. */
type Victim = Named & { readonly isAuthor: boolean; readonly isDirect: boolean }

/** "X (deceased) and author" are two people; "the authors" are those named as authors. */
export function victimsOf({ alleged_victim, author }: View): Victim[] {
  const authors = author.split(', ')
  if (alleged_victim === 'the authors')
    return authors.map((name, at) => ({ ...named(`v${String(at + 1)}`, name), isAuthor: true, isDirect: true }))
  const [first = '', ...others] = alleged_victim.split(' and ')
  const direct = { ...named('v1', first), isAuthor: authors.includes(first), isDirect: true }
  if (!others.includes('author')) return [direct]
  return [direct, { ...named('v2', author), isAuthor: true, isDirect: false }]
}

/** The author, when no victim is the author. */
export function authorOf(view: View): Named | undefined {
  if (victimsOf(view).some(({ isAuthor }) => isAuthor)) return undefined
  const [isMother, name] = /^mother of victim(?: \((.+)\))?$/.exec(view.author) ?? []
  if (isMother === undefined) return named('s1', view.author)
  return { ...(name === undefined ? { ref: 's1', names: [] } : named('s1', name)), note: 'Mother of the victim' }
}

function named(ref: string, text: string): Named {
  const [, name = text, note] = /^(.+?) \((.+)\)$/.exec(text) ?? []
  const other = cyrillic[name]
  return {
    ref,
    names: [
      { text: name, script: 'latin' },
      ...(other === undefined ? [] : [{ text: other, script: 'cyrillic', kind: 'transliteration' }]),
    ],
    ...(note !== undefined && { note }),
  }
}
