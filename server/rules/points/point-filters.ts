/** Which points are listed. */
export interface PointFilters {
  clause: string
  /** In a concern, or in none; null does not narrow. */
  concern: 'none' | 'some' | null
  /** With an answer in whatever state, or without; null does not narrow. */
  answered: 'yes' | 'no' | null
}
