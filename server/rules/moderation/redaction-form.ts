import { choice, tick, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { personalDataNames } from '../personal-data/kinds.ts'

/**
 * What is judged of the marks of a comment: all that nobody has judged, or one by its place. `revision` names the marks
 * that the moderator saw.
 */
export const judgementForm = form({
  revision: unjudged(),
  all: tick(),
  span: unjudged(),
  hidden: unjudged(),
})

/** A text that is marked: where it was selected (`field`, `start` in code points), its n-th place, or every one. */
export const markForm = form({
  text: unjudged(),
  kind: choice(personalDataNames, '请选择这是哪一类个人信息'),
  field: unjudged(),
  start: unjudged(),
  which: unjudged(),
})
export type TypedMark = TypedIn<typeof markForm>
