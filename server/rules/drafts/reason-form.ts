import { orEmpty, text } from '../fields.ts'
import { form } from '../form.ts'

/** 说明: why a draft changes, adds or drops a clause; one that is emptied is taken back. */
export const reasonForm = form({ reason: orEmpty(text({ name: '说明', most: 1000 })) })
