import { findNumbers } from '../../rules/personal-data/finding.ts'
import type { PersonalDataKind, PersonalSpan } from '../../rules/personal-data/kinds.ts'
import type { TypedSubmission } from '../../rules/submissions/submission-form.ts'

/** A telephone or identity number that somebody is about to send, perhaps without meaning to. */
export interface PointedNumber extends Pick<PersonalSpan, 'start' | 'end'> {
  /** The comment's place in the form. */
  comment: number
  field: 'body' | 'wording'
  kind: PersonalDataKind
  text: string
}

/** The numbers in what was typed, in its order. */
export function pointedNumbers({ comments }: TypedSubmission): PointedNumber[] {
  return comments.flatMap((typed, comment) =>
    (['body', 'wording'] as const).flatMap((field) => {
      const characters = [...typed[field]]
      return findNumbers(typed[field]).map(({ start, end, kind }) => ({
        ...{ comment, field, start, end, kind },
        text: characters.slice(start, end).join(''),
      }))
    }),
  )
}

/** What was typed without one of its numbers. @param place of the number among all of them, as a form brings it */
export function withoutNumber(typed: TypedSubmission, place: unknown): TypedSubmission {
  const gone =
    typeof place === 'string' && /^\d{1,4}$/.test(place) ? pointedNumbers(typed)[Number(place)] : undefined
  if (!gone) return typed
  const { comment, field, start, end } = gone
  const comments = typed.comments.map((one, at) => {
    if (at !== comment) return one
    const characters = [...one[field]]
    return { ...one, [field]: [...characters.slice(0, start), ...characters.slice(end)].join('') }
  })
  return { ...typed, comments }
}

/** Whether whoever sends has seen which numbers are in it. */
export function haveSeen(body: unknown): boolean {
  return Object(body).seen === '1'
}
