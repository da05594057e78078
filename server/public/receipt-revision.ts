import type { ReceiptComment } from '../../db/queries/receipts.ts'
import type { FieldError, TypedComment } from '../rules/submission-form.ts'
import type { Frame } from './frame.ts'
import { clausesOf, nameIn, type Scope } from './scope.ts'
import { type ShownClause, shownClause } from './shown-clause.ts'

/** The form in which a waiting comment is given new words. */
export interface RevisionPage {
  frame: Frame
  title: string
  code: string
  commentId: string
  part: { typed: TypedComment; name: string; clause: ShownClause | null }
  id: (field: string) => string
  messages: Map<string, string>
  errors: FieldError[]
}

/** @param typed what has been typed; null for the words as they stand */
export function revisionPage(
  scope: Scope,
  { frame, code }: { frame: Frame; code: string },
  comment: ReceiptComment,
  typed: TypedComment | null,
  errors: FieldError[],
): RevisionPage {
  const clause = clausesOf(scope).find(({ key }) => key === comment.clause)
  return {
    frame,
    title: frame.t.receipt.revision.title,
    code,
    commentId: comment.id,
    part: {
      typed: typed ?? asTyped(comment),
      name: nameIn(scope, comment.clause, frame.t.clause.wholeDraft),
      clause: clause ? shownClause(scope, clause) : null,
    },
    id: (field) => field.replace(/\W+/g, '-').replace(/-$/, ''),
    messages: new Map([...errors].reverse().map(({ field, message }) => [field, message])),
    errors,
  }
}

function asTyped({ clause, stance, body, proposal, wording, quote }: ReceiptComment): TypedComment {
  return {
    clause,
    stance,
    body,
    proposal: proposal ?? '',
    wording: wording ?? '',
    quote: quote?.exact ?? '',
  }
}
