import type { NewComment } from '../../../db/queries/submissions/submissions.ts'
import type { TypedComment } from '../../rules/submissions/typed-submission.ts'
import { quoteIn } from '../../text/words/quotes.ts'
import { clausesOf, type Scope } from '../scope.ts'

/** A checked comment as it is stored: without what was left empty, and with the place of its quote in the clause. */
export function storedComment(typed: TypedComment, scope: Scope): NewComment {
  const { clause, stance, body, proposal, wording, quote } = typed
  const text = clausesOf(scope).find(({ key }) => key === clause)?.text ?? ''
  return {
    clause,
    stance,
    body: body.trim(),
    proposal: proposal || null,
    wording: proposal && proposal !== 'delete' ? wording.trim() : null,
    quote: quoteIn(text, quote),
  }
}
