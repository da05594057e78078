import { choice, type Field, oneOf, optional, type Sentences, text, unjudged } from '../fields.ts'
import { form, type TypedIn, type ValuesIn } from '../form.ts'
import { proposalNames, stanceNames, wholeDraft } from '../names.ts'
import { isUnstorable, typedText, writtenText } from '../typed.ts'

export const longestBody = 5000
export const longestWording = 5000
const shortestBody = 5
const longestKey = 40
/** A comment of nothing else would be an empty one that somebody has to judge. */
const takesNoInk = /[\p{Default_Ignorable_Code_Point}\u2800]/gu

/** What is said of each thing that can be wrong with a comment, in the language of the page (server/locales). */
export interface CommentSentences extends Sentences {
  names: { body: string; wording: string }
  bodyTooShort(least: number): string
  bodyTooLong(most: number, length: number): string
  clause: string
  stance: string
  proposal: string
  wording: string
  quote: string
}

/** What a comment is read by. */
export interface CommentRules {
  /** The texts of the clauses that comments may stand on, besides the whole draft, by their keys. */
  clauses: ReadonlyMap<string, string>
  says: CommentSentences
}

/** What is kept of a comment that agrees and says no more: who reads it finds words, and what was erased has none. */
const agreement = '赞成'

/**
 * One comment on a clause. Its texts stay as they were written, so that a refused form comes back as it was. Whoever agrees
 * need not say why.
 */
export function commentForm({ clauses, says }: CommentRules) {
  const { names } = says
  const comment = form(
    {
      clause: {
        ...oneOf({ has: (key) => key === wholeDraft || clauses.has(key) }, says.clause),
        typed: typedKey,
      },
      stance: choice(stanceNames, says.stance),
      body: asWritten(unjudged()),
      proposal: { ...optional(choice(proposalNames, says.proposal)), typed: typedProposal },
      wording: asWritten(optional(text({ name: names.wording, most: longestWording }))),
      quote: { ...asWritten(unjudged()), typed: typedQuote },
    },
    ({ clause, stance, body, proposal, wording, quote }) => {
      const isWorded = !['amend', 'insert_after'].includes(proposal) || wording.trim() !== ''
      const isThere = quote.trim() === '' || clauses.get(clause)?.includes(quote.trim())
      return [
        ['body', bodyProblem(body, stance, says)],
        ['wording', isWorded ? null : says.wording],
        ['quote', isThere ? null : says.quote],
      ]
    },
    says,
  )
  const read = (typed: typeof comment.blank): ReturnType<typeof comment.read> => {
    const found = comment.read(typed)
    if (!found.values) return found
    return { ...found, values: { ...found.values, body: found.values.body || agreement } }
  }
  return {
    ...comment,
    read,
    sent(body: unknown) {
      const typed = comment.typed(body)
      return { typed, ...read(typed) }
    },
  }
}
export type TypedComment = TypedIn<ReturnType<typeof commentForm>>
export type Comment = ValuesIn<ReturnType<typeof commentForm>>

/** A comment on a clause before anything has been typed. */
export function emptyComment(clause: string): TypedComment {
  return { clause, stance: '', body: '', proposal: '', wording: '', quote: '' }
}

function asWritten<Value>(field: Field<string, Value>): Field<string, Value> {
  return { ...field, typed: writtenText, value: (typed) => field.value(typed.trim()) }
}

function bodyProblem(body: string, stance: string, says: CommentSentences): string | null {
  if (isUnstorable(body)) return says.unstorable(says.names.body)
  const length = [...body.trim()].length
  const shown = [...body.replace(takesNoInk, '').trim()].length
  if (stance === 'support' && shown < shortestBody) return null
  if (shown === 0) return says.missing(says.names.body)
  if (shown < shortestBody) return says.bodyTooShort(shortestBody)
  return length > longestBody ? says.bodyTooLong(longestBody, length) : null
}

/** The clause's key is part of every name that a form gives to its elements: what is longer than any of ours is cut. */
function typedKey(comment: unknown, name: string): string {
  return typedText(comment, name).slice(0, longestKey)
}

/** Whoever words something and does not say what for proposes to amend. */
function typedProposal(comment: unknown, name: string): string {
  return typedText(comment, name) || (typedText(comment, 'wording') ? 'amend' : '')
}

/** Programs may send a quotation as a TextQuoteSelector. */
function typedQuote(comment: unknown, name: string): string {
  return writtenText(comment, name) || writtenText(Object(comment)[name], 'exact')
}
