import type { NewComment } from '../../../db/queries/submissions/submissions.ts'
import type { Comment } from '../../rules/submissions/comment-form.ts'
import { quoteIn } from '../../text/words/quotes.ts'
import { clauseTexts, type Scope } from '../scope.ts'

/** A comment as it is stored, with the place of its quote in the clause. */
export function storedComment(comment: Comment, scope: Scope): NewComment {
  const { clause, proposal, wording, quote } = comment
  return {
    ...comment,
    wording: proposal === 'delete' ? null : wording,
    quote: quoteIn(clauseTexts(scope).get(clause) ?? '', quote),
  }
}
