import { addWorkingDays, type CalendarOverrides } from '../consultations/working-days.ts'
import { asking, day, matching, optional, text, ticks } from '../fields.ts'
import { form, type Typed, type ValuesIn } from '../form.ts'

export const departmentForm = form({ name: text({ name: '单位名称', most: 60 }) })

/** Who joins a department, by their name. */
export const memberForm = form({ member: text({ name: '工作人员姓名', most: 60 }) })

/** Until when something is given to a department: a day, or so many working days from a letter; it may be left open. */
const due = {
  due_on: optional(asking(day({ name: '期限' }), '请按 2026-12-31 的样子填写期限')),
  sent_on: optional(asking(day({ name: '函件日期' }), '请按 2026-12-31 的样子填写函件日期')),
  working_days: optional(matching(/^[1-9]\d{0,2}$/, '工作日数请填 1 到 999 的数字')),
}

function dueProblems({
  due_on,
  sent_on,
  working_days,
}: Typed<typeof due>): [keyof typeof due, string | null][] {
  return [
    ['due_on', due_on !== '' && working_days !== '' ? '期限和工作日数只填一种' : null],
    ['sent_on', sent_on === '' && working_days !== '' ? '请填写函件日期：工作日从它的第二天起算' : null],
    ['working_days', sent_on !== '' && working_days === '' ? '请填写从函件日期起多少个工作日' : null],
  ]
}
export const dueForm = form(due, dueProblems)

/** Which clauses a department answers for. @param known the keys of those that there are */
export const assignmentForm = (known: string[]) =>
  form({ clause: ticks(known, '请勾选条款'), ...due }, dueProblems)

/** The day until which something is due; null where that is left open. */
export function dueDay(
  { dueOn, sentOn, workingDays }: ValuesIn<typeof dueForm>,
  calendar: CalendarOverrides,
) {
  return sentOn && workingDays ? addWorkingDays(sentOn, Number(workingDays), calendar) : dueOn
}
