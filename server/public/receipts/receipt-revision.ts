import type { ReceiptComment } from '../../../db/queries/receipts/receipts.ts'
import type { TypedComment } from '../../rules/submissions/comment-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import type { Frame } from '../frame.ts'
import type { Scope } from '../scope.ts'
import { type FormPart, formPart } from '../submissions/form-part.ts'

/** The form in which a waiting comment is given new words. */
export interface RevisionPage {
  frame: Frame
  title: string
  code: string
  commentId: string
  part: FormPart
  idOf: (field: string) => string
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
  return {
    frame,
    title: frame.t.receipt.revision.title,
    code,
    commentId: comment.publicId,
    part: formPart(scope, typed ?? asTyped(comment), frame),
    idOf: (field) => field.replace(/\W+/g, '-').replace(/-$/, ''),
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
