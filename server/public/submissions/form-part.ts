import type { TypedComment } from '../../rules/submissions/comment-form.ts'
import { splitSentences } from '../../text/words/sentences.ts'
import { type ShownClause, shownClause } from '../drafts/shown-clause.ts'
import type { Frame } from '../frame.ts'
import { clausesOf, nameIn, type Scope } from '../scope.ts'

export interface FormPart {
  typed: TypedComment
  /** What its clause is called. */
  name: string
  /** null for the whole draft, and for a key that no clause has. */
  clause: ShownClause | null
  /** What may be quoted: the clause's sentences, and what has been quoted otherwise. */
  sentences: string[]
}

/** One comment of a form, with the clause that it is about. */
export function formPart(scope: Scope, typed: TypedComment, frame: Frame): FormPart {
  const clause = clausesOf(scope).find(({ key }) => key === typed.clause)
  const sentences = clause && !clause.cells ? splitSentences(clause.text).map(({ text }) => text) : []
  return {
    typed,
    name: nameIn(scope, typed.clause, frame.t.clause.wholeDraft),
    clause: clause ? shownClause(scope, clause) : null,
    sentences: typed.quote && !sentences.includes(typed.quote) ? [...sentences, typed.quote] : sentences,
  }
}
