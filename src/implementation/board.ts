import type { MeasureStatus, Paid, ReplyStatus } from './schema.ts'
import type { Board, BoardQuery, Group } from './schema-board.ts'

/** A decision as far as it is counted. */
export type Counted = {
  readonly state: string
  readonly committee: string
  readonly year: string
  readonly articles: readonly string[]
  readonly certainty: string
  readonly reply: ReplyStatus
  readonly measures: readonly {
    readonly remedy: string
    readonly status: MeasureStatus
    readonly payments: readonly Paid[]
  }[]
}

const isIn = (article: string, family: string) => article === family || article.startsWith(`${family}-`)

/** Those that were asked for; of a remedy, with the measures of that remedy alone. */
export function chosen(all: readonly Counted[], { state, committee, year, article, remedy }: BoardQuery): Counted[] {
  const fits = [
    (one: Counted) => state === undefined || one.state === state,
    (one: Counted) => committee === undefined || one.committee === committee,
    (one: Counted) => year === undefined || one.year === year,
    (one: Counted) => article === undefined || one.articles.some((found) => isIn(found, article)),
  ]
  const found = all.filter((one) => fits.every((fit) => fit(one)))
  return remedy === undefined ? found : withRemedy(found, remedy)
}

const withRemedy = (all: readonly Counted[], remedy: string): Counted[] =>
  all
    .map((one) => ({ ...one, measures: one.measures.filter((measure) => measure.remedy === remedy) }))
    .filter(({ measures }) => measures.length > 0)

export function boardOf(all: readonly Counted[]): Board {
  const remedies = (one: Counted) => one.measures.map(({ remedy }) => remedy)
  return {
    ...figuresOf(all),
    by_state: groups(all, ({ state }) => [state]),
    by_committee: groups(all, ({ committee }) => [committee]),
    by_year: groups(all, ({ year }) => [year]),
    by_article: groups(all, ({ articles }) => articles),
    by_remedy: keysOf(all, remedies).map((key) => ({ key, ...figuresOf(withRemedy(all, key)) })),
  }
}

export const byCertainty = (all: readonly Counted[]): Group[] => groups(all, ({ certainty }) => [certainty])

type Keys = (one: Counted) => readonly string[]

const keysOf = (all: readonly Counted[], keys: Keys): string[] => [...new Set(all.flatMap(keys))].toSorted()

const groups = (all: readonly Counted[], keys: Keys): Group[] =>
  keysOf(all, keys).map((key) => ({ key, ...figuresOf(all.filter((one) => keys(one).includes(key))) }))

function figuresOf(all: readonly Counted[]): Omit<Group, 'key'> {
  const measures = all.flatMap((one) => one.measures)
  const by_status = byStatus(measures.map(({ status }) => status))
  return {
    decisions: all.length,
    replies: byReply(all.map(({ reply }) => reply)),
    measures: measures.length,
    by_status,
    share_implemented: measures.length === 0 ? null : by_status.implemented / measures.length,
    payments: summed(measures.flatMap(({ payments }) => payments)),
  }
}

const countIn =
  <T extends string>(found: readonly T[]) =>
  (code: T): number =>
    found.filter((one) => one === code).length

function byReply(found: readonly ReplyStatus[]): Group['replies'] {
  const count = countIn(found)
  return {
    received: count('received'),
    awaited: count('awaited'),
    overdue: count('overdue'),
    possibly_overdue: count('possibly_overdue'),
    no_term: count('no_term'),
  }
}

function byStatus(found: readonly MeasureStatus[]): Group['by_status'] {
  const count = countIn(found)
  return {
    not_started: count('not_started'),
    requested: count('requested'),
    under_review: count('under_review'),
    partly_implemented: count('partly_implemented'),
    implemented: count('implemented'),
    refused: count('refused'),
    reversed: count('reversed'),
    contrary_measure: count('contrary_measure'),
    no_longer_possible: count('no_longer_possible'),
    unknown: count('unknown'),
  }
}

function summed(all: readonly Paid[]): Paid[] {
  return [...new Set(all.map(({ currency }) => currency))].toSorted().map((currency) => {
    const own = all.filter((one) => one.currency === currency)
    const sum = (which: 'ordered_minor' | 'paid_minor' | 'left_minor') =>
      own.reduce((total, one) => total + one[which], 0)
    return {
      currency,
      ordered_minor: sum('ordered_minor'),
      paid_minor: sum('paid_minor'),
      left_minor: sum('left_minor'),
    }
  })
}
