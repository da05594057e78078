import { asking, day, optional, text, ticks } from '../fields.ts'
import { form } from '../form.ts'

export const departmentForm = form({ name: text({ name: '单位名称', most: 60 }) })

/** Who joins a department, by their name. */
export const memberForm = form({ member: text({ name: '工作人员姓名', most: 60 }) })

/** Until when something is given to a department, which may be left open. */
const due = { due_on: optional(asking(day({ name: '期限' }), '请按 2026-12-31 的样子填写期限')) }
export const dueForm = form(due)

/** Which clauses a department answers for. @param known the keys of those that there are */
export const assignmentForm = (known: string[]) => form({ clause: ticks(known, '请勾选条款'), ...due })
