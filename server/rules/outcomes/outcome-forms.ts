import { optional, orEmpty, revision, text } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** 情况说明 as it is being written; an empty one comes from the data again. */
export const reportForm = form({
  report: orEmpty(text({ name: '情况说明', most: 20_000 })),
  revision: revision(),
})

const note = text({ name: '更正说明', most: 1000 })

/** @param isLater a later edition says what it corrects */
export const editionForm = (isLater: boolean) => form({ note: isLater ? note : optional(note) })
export type TypedOutcome = TypedIn<typeof reportForm> & TypedIn<ReturnType<typeof editionForm>>
