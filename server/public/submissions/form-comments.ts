import { wholeDraft } from '../../rules/names.ts'
import { emptyComment, type TypedComment } from '../../rules/submissions/comment-form.ts'
import { meantIn, mostComments, type TypedSubmission } from '../../rules/submissions/submission-form.ts'
import { clausesOf, type Scope } from '../scope.ts'

/** What was typed, in the order of the draft, with an empty comment on everything of which nothing was said. */
export function withEvery(scope: Scope, typed: TypedSubmission): TypedSubmission {
  const keys = [wholeDraft, ...clausesOf(scope).map(({ key }) => key)]
  const said = (key: string) => typed.comments.filter(({ clause }) => clause === key)
  const others = typed.comments.filter(({ clause }) => !keys.includes(clause))
  const comments = keys.flatMap((key) => (said(key).length > 0 ? said(key) : [emptyComment(key)]))
  return { ...typed, comments: [...comments, ...others] }
}

/** What was typed with what was read from a file: nothing stands twice, and what is said of oneself goes before what was read. */
export function joined(typed: TypedSubmission, read: TypedSubmission): TypedSubmission {
  const isSame = (one: TypedComment, other: TypedComment) =>
    (['clause', 'stance', 'body', 'proposal', 'wording'] as const).every(
      (field) => one[field].trim() === other[field].trim(),
    )
  const more = read.comments.filter((one) => !typed.comments.some((other) => isSame(one, other)))
  const { comments, ...person } = typed
  const isSilent = [person.name, person.organisation, person.region, person.contact].every(
    (value) => value === '',
  )
  return { ...(isSilent ? read : person), comments: [...meantIn(comments).map(([, one]) => one), ...more] }
}

/**
 * The same with one comment more on each clause that is named, behind the last on it: two sentences of a clause can be
 * spoken of. @param again a key or several, as an address or a form brings them; what is none is ignored
 */
export function withAnother(typed: TypedSubmission, again: unknown): TypedSubmission {
  const comments = [...typed.comments]
  for (const key of keysIn(again).slice(0, mostComments)) {
    const last = lastOn(comments, key)
    if (last >= 0) comments.splice(last + 1, 0, emptyComment(key))
  }
  return { ...typed, comments }
}

/** Where the comment stands that `withAnother` added last; null where it added none. */
export function placeOfAnother({ comments }: TypedSubmission, again: unknown): number | null {
  const place = lastOn(comments, keysIn(again).at(-1))
  return place >= 0 ? place : null
}

function keysIn(again: unknown): string[] {
  return [again].flat().filter((key) => typeof key === 'string')
}

function lastOn(comments: TypedSubmission['comments'], key: string | undefined): number {
  return key === undefined ? -1 : comments.map(({ clause }) => clause).lastIndexOf(key)
}
