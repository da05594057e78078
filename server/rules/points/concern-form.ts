import { oneOf, optional, text, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** 归并意见: one sentence that can be answered. @param clauses the keys of the consultation's clauses, the whole draft among them */
export const concernForm = (clauses: ReadonlySet<string>) =>
  form({
    sentence: text({ name: '归并意见', most: 300 }),
    clause: oneOf(clauses, '请选择归并意见涉及的条款'),
    theme: optional(unjudged()),
    department: optional(unjudged()),
  })
export type TypedConcern = TypedIn<ReturnType<typeof concernForm>>
