/** Which points are listed; null does not narrow. Of clause, theme and department at least one is asked for. */
export interface PointFilters {
  clause: string | null
  stance: string | null
  /** The id of one that a person put the point under, or its comment where the point has none of its own. */
  theme: string | null
  /** The id of the 责任单位 that answers for it. */
  department: string | null
  /** In a concern, or in none. */
  concern: 'none' | 'some' | null
  /** With an answer in whatever state, or without. */
  answered: 'yes' | 'no' | null
}

/** All that is said of a clause. */
export function everyPointOf(clause: string): PointFilters {
  return { clause, stance: null, theme: null, department: null, concern: null, answered: null }
}
