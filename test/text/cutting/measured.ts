import type { ProposedCut } from '../../../server/text/cutting/proposed-cuts.ts'

/** How well proposals hit what persons found; each is a share from 0 to 1. */
interface Measured {
  /** Of the proposed beginnings, those where a person cut. */
  precision: number
  /** Of the persons' cuts, those proposed. */
  recall: number
  f1: number
  /** Of the points marked with a clause, those whose words were given it, counted by where most of the point lies. */
  clauses: number
  /** Of the points that were given a clause, those marked with it. */
  clausePrecision: number
  /** Of the characters marked as asking for nothing, those recognised; and of those recognised, those marked. */
  courtesyRecall: number
  courtesyPrecision: number
}

interface Compared {
  marked: readonly ProposedCut[]
  proposed: readonly ProposedCut[]
}

/** All letters counted together, so that a long one weighs more. */
export function measured(letters: readonly Compared[]): Measured {
  const sum = (count: (letter: Compared) => number) => letters.reduce((all, letter) => all + count(letter), 0)
  const common = sum(
    ({ marked, proposed }) => beginnings(proposed).filter((at) => beginnings(marked).includes(at)).length,
  )
  const precision = common / sum(({ proposed }) => beginnings(proposed).length)
  const recall = common / sum(({ marked }) => beginnings(marked).length)
  const right = sum(
    ({ marked, proposed }) =>
      withClause(marked).filter((cut) => nearest(cut, proposed)?.clause === cut.clause).length,
  )
  const kept = sum(
    ({ marked, proposed }) =>
      withClause(proposed).filter((cut) => nearest(cut, marked)?.clause === cut.clause).length,
  )
  const both = sum(({ marked, proposed }) =>
    courtesy(marked).reduce(
      (all, cut) => all + courtesy(proposed).reduce((n, other) => n + overlap(cut, other), 0),
      0,
    ),
  )
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    clauses: right / sum(({ marked }) => withClause(marked).length),
    clausePrecision: kept / sum(({ proposed }) => withClause(proposed).length),
    courtesyRecall: both / sum(({ marked }) => length(courtesy(marked))),
    courtesyPrecision: both / sum(({ proposed }) => length(courtesy(proposed))),
  }
}

/** Where a letter is cut; its own beginning is no cut. */
export function beginnings(cuts: readonly ProposedCut[]): number[] {
  return cuts.slice(1).map(({ start }) => start)
}

function withClause(cuts: readonly ProposedCut[]): ProposedCut[] {
  return cuts.filter(({ clause }) => clause !== null)
}

function courtesy(cuts: readonly ProposedCut[]): ProposedCut[] {
  return cuts.filter(({ kind }) => kind === 'no_proposal')
}

function length(cuts: readonly ProposedCut[]): number {
  return cuts.reduce((all, { start, end }) => all + end - start, 0)
}

/** The one that has most in common with a cut. */
export function nearest(cut: ProposedCut, others: readonly ProposedCut[]): ProposedCut | undefined {
  return [...others].sort((a, b) => overlap(cut, b) - overlap(cut, a))[0]
}

function overlap(a: ProposedCut, b: ProposedCut): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}
