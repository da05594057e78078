import { type Field, orEmpty, type Sentences, text, tick, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'
import { typedText } from '../typed.ts'
import { readReceiptCode } from './receipts.ts'

const longestCode = 100
const longestGrounds = 5000

/** Looking up what became of something. @param ask what is said where no code was typed */
export const codeForm = (ask: string) => form({ code: code(ask) })

function code(ask: string): Field<string, string> {
  return {
    ...unjudged(),
    typed: (body, name) => typedText(body, name).slice(0, longestCode),
    problem: (typed) => (readReceiptCode(typed) === null ? ask : null),
    value: (typed) => readReceiptCode(typed) ?? '',
  }
}

/** What every act of a receipt's holder says: on which comment, and whether it was confirmed on its own page. */
export const actForm = form({ comment: unjudged(), confirmed: tick() })

/** Another code for whoever names the receipt's number and the contact that they left. */
export const replacementForm = form({ number: unjudged(), contact: unjudged() })
export type TypedReplacement = TypedIn<typeof replacementForm>

/** 申请复核. @param name what the grounds are called, in the language of `says` */
export const appealForm = (name: string, says: Sentences) =>
  form({ grounds: orEmpty(text({ name, most: longestGrounds })) }, undefined, says)
