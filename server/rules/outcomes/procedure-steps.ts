import { asking, day, oneOf, optional, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** 重大行政决策的法定程序 (国务院令第713号, chapters 2 and 3; 公平竞争审查条例), from the draft to its publication. */
export const procedureStepNames: readonly string[] = [
  '决策启动',
  '公众参与',
  '专家论证',
  '风险评估',
  '部门意见',
  '会签',
  '公平竞争审查',
  '合法性审查',
  '集体讨论决定',
  '公布',
]

/** A step of the procedure: on which day it was taken, and by which paper. */
export const stepForm = form({
  step: oneOf(new Set(procedureStepNames), '请选择环节'),
  held_on: asking(day({ name: '日期' }), '请填写日期，例如 2026-12-31'),
  document_number: optional(text({ name: '文号', most: 60 })),
  note: optional(text({ name: '说明', most: 2000 })),
  revision: revision(),
})
export type TypedStep = TypedIn<typeof stepForm>
