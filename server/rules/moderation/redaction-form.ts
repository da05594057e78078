import { choice, tick, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { personalDataNames } from '../personal-data/kinds.ts'

/**
 * What is judged of the marks of a comment: all that nobody has judged (`hide` or `keep`), or one by its place, with those
 * of the same words. `revision` names the marks that the moderator saw.
 */
export const judgementForm = form({
  revision: unjudged(),
  all: unjudged(),
  span: unjudged(),
  hidden: unjudged(),
})

/** A text that is marked: in every place, its n-th alone, or `only` where it was selected (`field`, `start` in code points). */
export const markForm = form({
  text: unjudged(),
  kind: choice(personalDataNames, '请选择这是哪一类个人信息'),
  field: unjudged(),
  start: unjudged(),
  which: unjudged(),
  only: tick(),
})
export type TypedMark = TypedIn<typeof markForm>
