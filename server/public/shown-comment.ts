import type { PublishedComment } from '../../db/queries/published-comments.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'

/** A published comment as views/public/_comment.eta shows it. */
export interface ShownComment extends Omit<PublishedComment, 'createdAt' | 'quote'> {
  quote: string | null
  time: string
  /** What its clause is called; null where the page is that clause's own. */
  clauseName: string | null
}

export function shownComment(comment: PublishedComment, clauseName: string | null = null): ShownComment {
  const { createdAt, quote, ...rest } = comment
  return { ...rest, quote: quote?.exact ?? null, time: shanghaiMinute(createdAt), clauseName }
}
