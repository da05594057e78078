import { oneOf, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** What a unit says of one clause. @param known the keys of those of which it may speak */
export const unitItemForm = (known: ReadonlySet<string>) =>
  form({ clause: oneOf(known, '请选择条款'), body: text({ name: '意见内容', most: 5000 }) })
export type TypedUnitItem = TypedIn<ReturnType<typeof unitItemForm>>
