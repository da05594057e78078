import { zh } from '../../locales/zh.ts'
import {
  mostComments,
  submissionForm,
  type TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import type { FilledForm } from './filled-form.ts'
import { CommentReader } from './form-comments.ts'
import type { FormNote } from './form-note.ts'
import { type AskedOf, personOf } from './form-person.ts'
import type { FormUnit } from './form-units.ts'

interface FormContent {
  typed: TypedSubmission
  /** Everything that is in the file and not in `typed`, or not as it was written. */
  notes: FormNote[]
}

/**
 * What a filled form says, as it would have been typed.
 * @param units of the round that the form was made for
 * @param current the keys of the clauses that may be commented on now
 */
export function readFormContent(
  form: FilledForm,
  units: FormUnit[],
  current: ReadonlySet<string>,
  asked: AskedOf,
): FormContent {
  const reader = new CommentReader(units, current)
  for (const row of form.rows) reader.add(row)
  const person = personOf(form.person, asked)
  const comments = reader.comments.slice(0, mostComments).map(({ comment }) => comment)
  const beyond = reader.comments.slice(mostComments).map(({ comment, name }): FormNote => {
    const text = [comment.body, comment.wording].filter(Boolean).join('\n')
    return { kind: 'overflow', clause: name || null, text }
  })
  const rules = { clauses: new Map(), regions: asked.regions, required: new Set<string>(), says: zh.wrong }
  const apart = (kind: 'outside' | 'unread', texts: string[]) =>
    texts.map((text): FormNote => ({ kind, clause: null, text }))
  return {
    typed: submissionForm(rules).typed({ ...person.fields, comments }),
    notes: [
      ...beyond,
      ...reader.notes,
      ...person.notes,
      ...apart('outside', form.outside),
      ...apart('unread', form.notes),
    ],
  }
}
