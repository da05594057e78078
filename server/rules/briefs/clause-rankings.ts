import type { ClauseVoices } from './brief.ts'

/** 意见较集中的条款, and how it is found, as the page prints it. */
export const concentrationFormula =
  '集中度 = 就这一条提出意见的件数 ÷ 提出意见的全部件数；一份座谈会记录是一件'
/** 意见分歧较大的条款. */
export const divisionFormula =
  '分歧度 = 2 × 赞成与反对中较少的件数 ÷（赞成件数 + 反对件数 + 10）；加 10，是为了不让几个人的分歧排到前面；双方都不少于 2 件的才列出'

const [laid, leastOfEach] = [10, 2]
/** So many are listed. */
const listed = 5

export interface RankedClause extends ClauseVoices {
  /** In thousandths. */
  value: number
}

/** The clauses about which most 件 say something, the first of equals in the draft first. @param people 件 of the whole */
export function concentrated(clauses: readonly ClauseVoices[], people: number): RankedClause[] {
  return ranked(clauses, (clause) => (people === 0 ? 0 : clause.people / people))
}

/** The clauses of which as many are for as against. */
export function divided(clauses: readonly ClauseVoices[]): RankedClause[] {
  return ranked(clauses, ({ support, oppose }) =>
    Math.min(support, oppose) < leastOfEach ? 0 : (2 * Math.min(support, oppose)) / (support + oppose + laid),
  )
}

function ranked(clauses: readonly ClauseVoices[], weigh: (clause: ClauseVoices) => number): RankedClause[] {
  return clauses
    .map((clause) => ({ ...clause, value: Math.round(1000 * weigh(clause)) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, listed)
}
