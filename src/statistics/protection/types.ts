/** A roll-up of leaves that is shown beside them. */
export type Group = { readonly name: string; readonly leaves: readonly string[] }

export type Dimension = {
  readonly name: string
  readonly leaves: readonly string[]
  readonly groups?: readonly Group[]
  /** In no shown group may more than 80 % provably fall into one of its categories. */
  readonly sensitive?: boolean
  /** Its codes can be seen from outside (place, age, sex): cells of nothing else need a candidate pool. */
  readonly recognisable?: boolean
  /** In no table of this cube: it is there for the facts of earlier releases (the quarter, in a table of the year). */
  readonly only_earlier?: boolean
}

/** A cell: a leaf or group for some dimensions. What is left out is summed over; all left out is the grand total. */
export type At = Readonly<Record<string, string>>

/** How many people could be in a publicly recognisable cell at all. */
export type CandidatePool = { readonly at: At; readonly persons: number }

export type CubeDefinition = {
  readonly dims: readonly Dimension[]
  /** Tables of up to so many dimensions are declared. */
  readonly margins: number
  /** Fewer than this are small; nobody at all is small too. For acts: times the acts counted for one person at most. */
  readonly threshold: number
  /** Shown counts are rounded to this; 1 shows them exactly. */
  readonly rounding: number
  /** The chance that a cell of two dimensions or more is hidden anyway; a fifth of it where it has one dimension. */
  readonly coin: number
  /** Impossible by logic, never by what was counted. */
  readonly structural_zeros?: readonly At[]
  /** Organisations by name; a record has the index of its own. With them, each is looked at as an insider. */
  readonly organisations?: readonly string[]
  /** The dimension that is the organisation, where it is one. */
  readonly organisation_dimension?: string
  /** Two organisations together are looked at as one insider too. */
  readonly pairs?: boolean
  /** What insiders may not prove of the others: that they are fewer than this. 3 if left out. */
  readonly others_threshold?: number
  readonly pools?: readonly CandidatePool[]
}

export type Records = {
  /** One row a record: for each dimension of the cube the index of its leaf. */
  readonly rows: readonly (readonly number[])[]
  /** One number a record: the index of its organisation. */
  readonly organisations?: readonly number[]
  /** Records that no other data may change (late corrections that an earlier table shows as they were). */
  readonly pinned?: readonly number[]
}

/** Known from an earlier release, another cube or a public figure: each other data must have a count from lo to hi. */
export type EarlierFact = {
  readonly at: At
  readonly lo: number
  readonly hi: number
  /** Was hidden there: it is promised again, with this release beside it. */
  readonly hidden?: boolean
}

/**
 * A number from 0 to 1, always the same for the same purpose and text, and unknown to all others: a keyed hash.
 * What is drawn for a cell must not hang on any count.
 */
export type Draw = (purpose: 'coin' | 'order' | 'search', text: string) => number

export type Progress = { readonly stage: string; readonly done: number; readonly of: number }

export type ProtectOptions = {
  readonly draw: Draw
  readonly earlier?: readonly EarlierFact[]
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** After so long nothing is released. 600 if left out. */
  readonly seconds_max?: number
  /** Less than this share of the persons in tables of one dimension is not worth a release. 0.5 if left out. */
  readonly useful_share?: number
}

export type ReleasedCell =
  | { readonly at: At; readonly value: number; readonly lo: number; readonly hi: number }
  | { readonly at: At; readonly hidden: true }
  | { readonly at: At; readonly structural_zero: true }

/** Another data set, as changes of the real one: the record's number, then its codes there. */
export type Witness = readonly (readonly number[])[]

/** What somebody knows beforehand: the records of these organisations (none: nobody's), and what could be otherwise. */
export type CertifiedView = { readonly knows: readonly number[]; readonly witnesses: readonly Witness[] }

/** Starts from the real records: it is stored sealed and never published. */
export type Certificate = {
  readonly version: 1
  readonly records: number
  readonly threshold: number
  readonly others_threshold: number
  /** Hidden cells that are not small, and of which it cannot be proved either that they are not. */
  readonly also_deniable: readonly At[]
  readonly views: readonly CertifiedView[]
}

export type Figures = {
  readonly cells: number
  readonly cells_shown: number
  /** Of all persons in tables of one and of two dimensions, the share that is in shown cells. */
  readonly persons_shown_1: number
  readonly persons_shown_2: number
  readonly witnesses: number
  readonly seconds: number
}

/** What would pass, found by trial: without these dimensions, or with tables of fewer dimensions. */
export type RollUp = { readonly leave_out: readonly string[]; readonly margins: number }

export type Verdict =
  | {
      readonly verdict: 'released'
      readonly cells: readonly ReleasedCell[]
      readonly certificate: Certificate
      readonly figures: Figures
    }
  | { readonly verdict: 'refused'; readonly reason: string; readonly works_with?: RollUp }
