/**
 * Invented people in six spellings: Russian, the national Cyrillic, Uzbek or Turkmen Latin, Persian script, English, French.
 * Every spelling is written by hand as people write it, so that this list owes nothing to the tables that it tests.
 */
const men = `Рустам Рустам Rustam رستم Rustam Roustam|Фаррух Фаррух Farrux فرخ Farrukh Farroukh|Жахонгир Ҷаҳонгир Jahongir جهانگیر Jahongir Djahonguir|Шерзод Шерзод Sherzod شیرزاد Sherzod Cherzod|Бахтиёр Бахтиёр Baxtiyor بختیار Bakhtiyor Bakhtior|Умед Умед Umed امید Umed Oumed|Давлат Давлат Davlat دولت Davlat Davlat|Хуршед Хуршед Xurshed خورشید Khurshed Khourched|Азизбек Азизбек Azizbek عزیزبک Azizbek Azizbek|Нурлан Нұрлан Nurlan نورلان Nurlan Nourlan|Ержан Ержан Yerjan یرژان Yerzhan Erjan|Бакыт Бакыт Baqit بقیت Bakyt Bakyt|Тимур Темур Temur تیمور Timur Timour|Мухаммад Муҳаммад Muhammad محمد Muhammad Mouhammad|Саид Саид Said سعید Said Saïd|Икром Икром Ikrom اکرام Ikrom Ikrom|Дильшод Дилшод Dilshod دلشاد Dilshod Dilchod|Хасан Ҳасан Hasan حسن Hasan Hassan|Зафар Зафар Zafar ظفر Zafar Zafar|Камол Камол Kamol کمال Kamol Kamol|Сердар Сердар Serdar سردار Serdar Serdar|Гулом Ғулом Gʻulom غلام Ghulom Goulom|Максуд Мақсуд Maqsud مقصود Maqsud Maksoud|Абдулло Абдулло Abdullo عبدالله Abdullo Abdoullo|Толик Толиқ Toliq طالق Tolik Tolik|Парвиз Парвиз Parviz پرویز Parviz Parviz`
const women = `Нигина Нигина Nigina نگینه Nigina Niguina|Зарина Зарина Zarina زرینه Zarina Zarina|Мадина Мадина Madina مدینه Madina Madina|Гулнора Гулнора Gulnora گلناره Gulnora Goulnora|Шахноза Шаҳноза Shahnoza شهنازه Shahnoza Chahnoza|Фируза Фирӯза Firuza فیروزه Firuza Firouza|Дилором Дилором Dilorom دلارام Dilorom Dilorom|Малика Малика Malika ملیکه Malika Malika|Айгуль Айгүл Aygul آیگل Aigul Aïgoul|Жанар Жанар Janar ژانار Zhanar Janar|Сайера Сайёра Sayyora سیاره Sayora Saïora|Хадича Хадича Xadicha خدیجه Khadicha Khaditcha|Парвина Парвина Parvina پروینه Parvina Parvina|Мехри Меҳрӣ Mehri مهری Mehri Mehri|Тахмина Таҳмина Tahmina تهمینه Tahmina Tahmina|Динара Динара Dinara دیناره Dinara Dinara|Лола Лола Lola لاله Lola Lola|Огулджан Огулҷон Ogulcan اوگلجان Oguljan Oguldjan|Саодат Саодат Saodat سعادت Saodat Saodat|Мавлюда Мавлуда Mavluda مولوده Mavluda Mavlouda|Рухшона Рухшона Ruxshona رخشانه Rukhshona Roukhchona|Манижа Манижа Manija منیژه Manizha Manija|Барно Барно Barno برنا Barno Barno|Орзу Орзу Orzu آرزو Orzu Orzou`
const families = `Бахриев Бахриев Baxriyev بحریوف Bakhriev Bakhriev|Каримов Каримов Karimov کریموف Karimov Karimov|Рахмонов Раҳмонов Rahmonov رحمانوف Rahmonov Rakhmonov|Юсупов Юсупов Yusupov یوسوپوف Yusupov Ioussoupov|Назаров Назаров Nazarov نظروف Nazarov Nazarov|Шарипов Шарипов Sharipov شریپوف Sharipov Charipov|Хакимов Ҳакимов Hakimov حکیموف Khakimov Khakimov|Джураев Ҷӯраев Joʻrayev جورایف Juraev Djouraev|Мирзоев Мирзоев Mirzoyev میرزایف Mirzoev Mirzoïev|Абдуллаев Абдуллоев Abdullayev عبداللهیف Abdullaev Abdoullaïev|Саидов Саидов Saidov سعیدوف Saidov Saïdov|Ташматов Тошматов Toshmatov تاشمتوف Tashmatov Tachmatov|Гафуров Ғафуров Gʻafurov غفوروف Ghafurov Gafourov|Жумабаев Жұмабаев Jumabayev جومابایف Zhumabayev Joumabaïev|Сатпаев Сәтбаев Satpayev ستپایف Satpayev Satpaïev|Осмонов Осмонов Osmonov عثمانوف Osmonov Osmonov|Чориев Чориев Choriyev چاریوف Choriev Tchoriev|Курбанов Қурбонов Qurbonov قربانوف Qurbonov Kourbanov|Холматов Холматов Xolmatov خالمتوف Kholmatov Kholmatov|Эргашев Эргашев Ergashev ارگشوف Ergashev Ergachev|Рашидов Рашидов Rashidov رشیدوف Rashidov Rachidov|Низомов Низомов Nizomov نظاموف Nizomov Nizomov|Содиков Содиқов Sodiqov صادقوف Sodiqov Sodikov|Турсунов Турсунов Tursunov تورسونوف Tursunov Toursounov|Бердыев Бердиев Berdiyew بردیوف Berdiev Berdyev|Аннаев Аннаев Annayew انایف Annaev Annaïev|Пулатов Пӯлодов Poʻlatov پولاتوف Pulatov Poulatov|Ибрагимов Иброҳимов Ibrohimov ابراهیموف Ibrohimov Ibrahimov|Зокиров Зокиров Zokirov ذاکروف Zokirov Zokirov|Тагаев Тағоев Tagʻayev تغایف Taghaev Tagaïev|Вохидов Воҳидов Vohidov واحدوف Vohidov Vokhidov|Маматов Маматов Mamatov مماتوف Mamatov Mamatov|Искандаров Искандаров Iskandarov اسکندروف Iskandarov Iskandarov|Латипов Латипов Latipov لطیپوف Latipov Latipov|Фозилов Фозилов Fozilov فاضلوف Fozilov Fozilov|Байжанов Байжанов Bayjanov بایژانوف Baizhanov Baïjanov|Дустов Дӯстов Doʻstov دوستوف Dustov Doustov|Гулямов Ғуломов Gʻulomov غلاموف Gulyamov Goulamov|Шодиев Шодиев Shodiyev شادیوف Shodiev Chodiev|Хамидов Ҳамидов Hamidov حمیدوف Khamidov Khamidov|Султонов Султонов Sultonov سلطانوف Sultonov Soultonov|Комилов Комилов Komilov کاملوف Komilov Komilov|Мусаев Мӯсоев Musayev موسایف Musaev Moussaïev|Тохиров Тоҳиров Tohirov طاهروف Tohirov Tokhirov`

const rows = (text: string) => text.split('|').map((row) => row.split(' '))
const feminine = [(f: string) => `${f}а`, (f: string) => `${f}а`, (f: string) => `${f}a`, persian, latin, latin]

function latin(family: string): string {
  return `${family}a`
}

function persian(family: string): string {
  return family.endsWith('وف') ? `${family.slice(0, -1)}ا` : `${family.slice(0, -1)}وا`
}

export type Invented = { readonly spellings: readonly string[]; readonly year: number }

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides)
  }
}

type Names = { readonly men: string; readonly women: string; readonly families: string }

/** So many people, no two of one name; the order of given and family name changes from spelling to spelling. */
export function invented(count: number, seed: number, from: Names = { men, women, families }): Invented[] {
  const roll = dice(seed)
  const all = rows(from.families).flatMap((family) => [
    ...rows(from.men).map((given) => ({ given, family })),
    ...rows(from.women).map((given) => ({ given, family: family.map((form, at) => feminine[at]?.(form) ?? form) })),
  ])
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = roll(at + 1)
    const [a, b] = [all[at], all[other]]
    if (a !== undefined && b !== undefined) [all[at], all[other]] = [b, a]
  }
  return all.slice(0, count).map(({ given, family }) => ({
    year: 1940 + roll(65),
    spellings: given.map((name, at) => (roll(2) === 0 ? `${name} ${family[at] ?? ''}` : `${family[at] ?? ''} ${name}`)),
  }))
}

const alphabets = [
  { of: /\p{Script=Cyrillic}/u, letters: 'абвгдежзиклмнопрстуфхцчшы' },
  { of: /\p{Script=Arabic}/u, letters: 'ابپتجدرزسشعفقکلمنهی' },
  { of: /./u, letters: 'abcdefghijklmnopqrstuvwxyz' },
]

/** One slip of the hand anywhere: a letter left out, put in, changed, or two swapped. */
export function mistyped(name: string, roll: (sides: number) => number): string {
  const { letters } = alphabets.find(({ of }) => of.test(name)) ?? { letters: 'x' }
  const at = roll(name.length)
  const other = letters[roll(letters.length)] ?? 'x'
  const [before, here, next, rest] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)]
  const slips = [before + next + rest, before + other + here + next + rest, before + other + next + rest]
  return slips[roll(4)] ?? before + next + here + rest
}
