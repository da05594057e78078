import { readCreditCode } from '../credit-code.ts'
import { tick, unjudged } from '../fields.ts'
import { form } from '../form.ts'

/** How an organisation proved to be who it says: by a sealed letter, or by its 统一社会信用代码. */
export function confirmationForm(organisation: string | null) {
  return form(
    { letter: tick(), credit_code: { ...unjudged(), value: readCreditCode } },
    ({ letter, credit_code }) => {
      const isProved = credit_code ? readCreditCode(credit_code) !== null : letter
      const ask = '请勾选“有盖章公函”，或者填写正确的 18 位统一社会信用代码'
      return [['credit_code', isProved && organisation !== null ? null : ask]]
    },
  )
}
