import { choice, oneOf, optional, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { stanceNames } from '../names.ts'
import { noProposalReasons } from './points.ts'

/** What a point is about. @param clauses the keys of the consultation's clauses, the whole draft among them */
export const pointForm = (clauses: ReadonlySet<string>) =>
  form({
    clause: oneOf(clauses, '请选择这一条涉及的条款'),
    stance: choice(stanceNames, '请选择这一条的态度'),
    theme: optional(unjudged()),
    department: optional(unjudged()),
  })
export type TypedPoint = TypedIn<ReturnType<typeof pointForm>>

/** Why a passage asks for nothing. */
export const noProposalForm = form({
  reason: choice(noProposalReasons, '请选择为什么这部分没有提出具体意见'),
})
