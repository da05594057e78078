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
  /** The sentences of its clause. */
  own: string[]
  /** What may be quoted: the clause's sentences, unless they are `elsewhere`, and what has been quoted otherwise. */
  sentences: string[]
  /** Whether the clause's sentences stand in other parts of the form alone. */
  elsewhere: boolean
}

/**
 * So many parts that are not the first on their clause list its sentences all the same: more than people write, and no
 * more than can come back to whoever sends a form of sixty.
 */
const mostListedAgain = 4

/**
 * The comments of a form. The first on a clause lists its sentences, so does the one that was just asked for, and so do
 * a few others; the rest keep what they quote.
 */
export function formParts(
  scope: Scope,
  comments: TypedComment[],
  frame: Frame,
  again: number | null,
): FormPart[] {
  const first = new Map<string, FormPart>()
  let listedAgain = 0
  return comments.map((typed, place) => {
    const known = first.get(typed.clause)
    const part = known ? anotherPart(known, typed) : formPart(scope, typed, frame)
    if (!known) first.set(typed.clause, part)
    const isListed = !known || place === again || part.own.length === 0 || ++listedAgain <= mostListedAgain
    return isListed ? part : { ...part, sentences: typed.quote ? [typed.quote] : [], elsewhere: true }
  })
}

/** One comment of a form, with the clause that it is about. */
export function formPart(scope: Scope, typed: TypedComment, frame: Frame): FormPart {
  const clause = clausesOf(scope).find(({ key }) => key === typed.clause)
  const own = clause && !clause.cells ? splitSentences(clause.text).map(({ text }) => text) : []
  return {
    typed,
    name: nameIn(scope, typed.clause, frame.t.clause.wholeDraft),
    clause: clause ? shownClause(scope, clause) : null,
    ...quotable(own, typed),
  }
}

function anotherPart(first: FormPart, typed: TypedComment): FormPart {
  return { ...first, typed, ...quotable(first.own, typed) }
}

function quotable(own: string[], { quote }: TypedComment) {
  return { own, sentences: quote && !own.includes(quote) ? [...own, quote] : own, elsewhere: false }
}
