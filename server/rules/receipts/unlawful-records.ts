/** What becomes of a comment that moderators have decided on. */
interface Decided {
  state: string
  /** The code of the newest decision's reason; null where it has none. */
  reason: string | null
  decidedAt: Date | null
}

/** The reason under which the law wants a record kept of what a comment said; an administrator may word it otherwise. */
export const unlawful = 'unlawful'

/**
 * Until when a record is kept of what a comment said that its author takes back: so many days from the decision by which it
 * was refused as unlawful. null: no record is kept, or its term is over.
 */
export function recordKeptUntil({ state, reason, decidedAt }: Decided, days: number, now: Date): Date | null {
  if (state !== 'refused' || reason !== unlawful || decidedAt === null) return null
  const until = new Date(decidedAt.getTime() + days * 24 * 60 * 60 * 1000)
  return until > now ? until : null
}
