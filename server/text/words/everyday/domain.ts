/** Words that mean the same or nearly so, in groups of one thing each; a word may stand in several groups. */
export interface Domain {
  name: string
  /** The words of each group, with blanks between. */
  groups: Record<string, string>
}
