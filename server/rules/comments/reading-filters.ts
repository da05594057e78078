/** What the office narrows its reading to; null does not narrow. */
export interface ReadingFilters {
  clause: string | null
  stance: string | null
  /** One of the states, or `admitted`: all that were. */
  state: string | null
  identity: string | null
  /** A city with all its counties, or one county; or `noRegion`. */
  region: string | null
  channel: string | null
  /** The day on which it came, YYYY-MM-DD in Shanghai. */
  day: string | null
  /** The id of one, or `noTheme`. */
  theme: string | null
  campaign: string | null
  department: string | null
  /** What was typed into the search field. */
  words: string | null
  /**
   * Admitted and without an answer (`no`), without an approved one (`open`), or with an approved one that has no 归纳
   * (`bare`); or with one in whatever state (`yes`).
   */
  answered: 'yes' | 'bare' | 'open' | 'no' | null
  /** What became of it by approved answers, one of `accountNames`; comments that are still admitted. */
  account: string | null
  /** `yes`: it came after closing. */
  late: 'yes' | null
}

/** 未归主题: comments that nobody has put under a theme. */
export const noTheme = 'none'
/** 未填写地区: comments whose sender named no place. */
export const noRegion = 'none'
/** 纳入研究的: comments in any of the states in which they are. */
export const admitted = 'admitted'

export const everything: ReadingFilters = {
  clause: null,
  stance: null,
  state: null,
  identity: null,
  region: null,
  channel: null,
  day: null,
  theme: null,
  campaign: null,
  department: null,
  words: null,
  answered: null,
  account: null,
  late: null,
}
