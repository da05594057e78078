import { stateNames } from '../names.ts'

/** 收到 = 公开 + 不公开 + 不纳入 + 待审 + 撤回, with its numbers. */
export interface Equation {
  received: number
  terms: { state: string; name: string; count: number }[]
  /** False when the parts do not add up: something was lost or counted twice, and no paper may hide it. */
  holds: boolean
}

/**
 * Sets what was received against its parts by state.
 * @param received how many comments there are, counted apart from `cells`
 */
export function reconcile(received: number, cells: { state: string; count: number }[]): Equation {
  const terms = Object.entries(stateNames).map(([state, name]) => ({
    state,
    name,
    count: cells.reduce((sum, cell) => sum + (cell.state === state ? cell.count : 0), 0),
  }))
  return { received, terms, holds: terms.reduce((sum, term) => sum + term.count, 0) === received }
}
