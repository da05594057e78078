import { revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { aboutFields, type Choosable } from './point-form.ts'

/** 归并意见: one sentence that can be answered. */
export const concernForm = (known: Choosable) =>
  form({ sentence: text({ name: '归并意见', most: 300 }), ...aboutFields(known), revision: revision() })
export type TypedConcern = TypedIn<ReturnType<typeof concernForm>>
