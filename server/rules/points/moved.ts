/** What was done last to the points of a concern, as far as it takes to undo it: ids alone, no words. */
export interface Moved {
  /** They were gathered into it, or let go of; or all of another concern were put into it. */
  act: 'gather' | 'let_go' | 'merge'
  /** Each with the concern in which it was before; null: in none. */
  points: { id: string; from: string | null }[]
  /** Comments that became their one point by it. */
  comments: string[]
  /** The concern that is no more, with what was its own; null where none went. */
  merged: {
    id: string
    staffId: string
    createdAt: string
    /** Until when its department had to answer it; not kept of what was merged before there were such days. */
    dueOn?: string | null
    responses: string[]
    /** The revised wordings that it was behind; `shared` where the other was too. */
    wordings: { id: string; shared: boolean }[]
  } | null
}

/** More than so many points are not moved back at once. */
export const mostUndone = 5_000

/** What is said of it where it can be undone. */
export function movedInWords({ act, points, comments }: Moved): string {
  const count = points.length + comments.length
  return { gather: `归入 ${count} 条`, let_go: `移出 ${count} 条`, merge: `并入 ${count} 条` }[act]
}
