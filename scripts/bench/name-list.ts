/** Invented names: sixty given names, and as many family names as there are ways to put syllables together. */
const given =
  'Rustam Farrukh Jahongir Sherzod Bakhtiyor Umed Davlat Khurshed Azizbek Nurlan Yerzhan Bakyt Timur Said Ikrom Dilshod Hasan Zafar Kamol Serdar Ghulom Maqsud Parviz Alisher Behruz Firdavs Jamshed Komron Manuchehr Nozim Orif Qahhor Rajab Sabur Tolib Ulugbek Vali Yunus Zoir Anvar Nigina Zarina Madina Gulnora Shahnoza Firuza Dilorom Malika Aygul Zhanar Sayora Khadicha Parvina Mehri Tahmina Dinara Lola Saodat Manizha Barno'.split(
    ' ',
  )
const syllables =
  'ba da fa ga ha ja ka la ma na ra sa ta va za ab ib or ur im ol ar en ush ich ok ham nor rah kar tur mir naz shar dav gul bek sul kur'.split(
    ' ',
  )
const endings = ['ov', 'ev', 'zoda', 'iy', '']

/** So many names; the same for the same seed (a linear congruence is random enough for names). */
export function inventedNames(count: number, seed = 7): string[] {
  let state = seed
  const pick = (from: readonly string[]): string => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return from[Math.floor((state / 4_294_967_296) * from.length)] ?? ''
  }
  return Array.from({ length: count }, () => {
    const root = pick(syllables) + pick(syllables) + pick(syllables)
    return `${pick(given)} ${root.charAt(0).toUpperCase()}${root.slice(1)}${pick(endings)}`
  })
}
