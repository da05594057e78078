import { choice, oneOf, optional } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { stanceNames } from '../names.ts'
import type { FieldError } from '../typed.ts'
import { noProposalReasons } from './points.ts'

/** What a point or a concern may be about, by key or id. */
export interface Choosable {
  /** The whole draft among them. */
  clauses: { has(key: string): boolean }
  themes: { has(id: string): boolean }
  departments: { has(id: string): boolean }
}

/** What a point or a concern is about. */
export const aboutFields = ({ clauses, themes, departments }: Choosable) => ({
  clause: oneOf(clauses, '请选择涉及的条款'),
  theme: optional(oneOf(themes, '这个主题已经不在了，请重新选择')),
  department: optional(oneOf(departments, '这个责任单位已经不在了，请重新选择')),
})

/** What is wrong where the department that was chosen has ended (结束办理): its staff see nothing of what it would be given. */
export const departmentEnded: FieldError = {
  field: 'department',
  message: '这个责任单位已经结束办理，请另选一个，或者不选',
}

/** What a point is about. */
export const pointForm = (known: Choosable) =>
  form({ ...aboutFields(known), stance: choice(stanceNames, '请选择这一条的态度') })
export type TypedPoint = TypedIn<ReturnType<typeof pointForm>>

/** Why a passage asks for nothing. */
export const noProposalForm = form({
  reason: choice(noProposalReasons, '请选择为什么这部分没有提出具体意见'),
})
