import { revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/**
 * A clause as the office now words it, and why.
 * @param before the words that it may not have: those that were put out, where nothing else has been approved; null: any
 */
export const wordingForm = (before: string | null) =>
  form(
    {
      text: text({ name: '修改后的条款', most: 10_000 }),
      reason: text({ name: '说明', most: 1000 }),
      revision: revision(),
    },
    (typed) => [['text', typed.text === before ? '修改后的条款与原文相同，没有改动' : null]],
  )
export type TypedWording = TypedIn<ReturnType<typeof wordingForm>>

/** What staff tell one another of a clause. */
export const noteForm = form({ note: text({ name: '内部备注', most: 2000 }) })

/** What an approver wants changed in a wording. */
export const wordingReturnForm = form({ return_note: text({ name: '退回意见', most: 1000 }) })
