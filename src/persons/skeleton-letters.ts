/** What each letter of the region's alphabets is in plain Latin. Lengths, softness and the apostrophe are dropped. */
const cyrillic =
  'а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч T ш S щ S ы i э e ю yu я ya ё yo ' +
  'ғ g қ k ҳ h ӣ i ӯ u ҷ j ў u ә a ө o ұ u ү u һ h ң n і i'
const latin = 'ç T ş S č T š S ž zh ň n ñ n ı i ğ g ä a ö o ü u ý y ā a ī i ū u ŋ n ḩ h ḥ h'
const arabic =
  'ا a آ a أ a إ a ب b پ p ت t ث s ج j چ T ح h خ h د d ذ z ر r ز z ژ j س s ش S ص s ض z ط t ظ z غ g ف f ق k ک k ك k گ g ل l م m ن n و u ه h ی i ي i ى i ئ i'

const pairs = `${cyrillic} ${latin} ${arabic}`.split(' ')

/** Letters that are not here, once their accents are off, stand for themselves when they are Latin and for nothing otherwise. */
export const letters: ReadonlyMap<string, string> = new Map(
  pairs.flatMap((letter, at) => (at % 2 === 0 ? [[letter, pairs[at + 1] ?? ''] as const] : [])),
)

/** Ways of writing one sound, in the order in which they are replaced. `S` is sh, `T` is ch, and `C` either: French writes ch for sh. */
export const sounds: readonly (readonly [RegExp, string])[] = [
  [/q|ck/g, 'k'],
  [/shch|sch|sh/g, 'S'],
  [/tch/g, 'T'],
  [/dzh|dj|zh/g, 'j'],
  [/kh|x/g, 'h'],
  [/gh/g, 'g'],
  [/ch/g, 'C'],
  [/ts/g, 's'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/ou/g, 'u'],
  [/w/g, 'v'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
]

/** Endings that say whose child one is, man or woman, and are left off or changed at will. The root before them is kept. */
export const endings: readonly (readonly [RegExp, string])[] = [
  [/(?<=..)[iy]*[oe]v(?:i[CT]|na)$/, ''],
  [/(?<=..)[iy]*[oe][vf](?:a|oy)?$/, ''],
  [/(?<=..)z[oa]d(?:a|e|eh|ah|o)?$/, ''],
  [/(?<=..)(?:ul[yi]|[ou]gl[yiu]|[kg][yi]z[yi])$/, ''],
  [/sk(?:[iy]+|aya|aia|aja|oy)$/, 'sk'],
]

/** The same in Arabic script, where و is both u and v and short vowels are not written. */
export const arabicEndings: readonly (readonly [RegExp, string])[] = [
  [/(?<=..)(?:a|i)*u(?:f|a)$/, ''],
  [/(?<=...)(?:a?i+f|af)$/, ''],
  [/(?<=..)zadh?$/, ''],
  [/(?<=..)(?:a?ugli|kizi)$/, ''],
]

/** The endings where they stand as words of their own. */
export const kinWords = /^(?:ul[yi]|uulu|ulu|[ou]gl[yiu]|augli|[kg][yi]z[yi]|zad(?:a|e|eh|h)?|zod[ao]?|ibn|bin|bint)$/
