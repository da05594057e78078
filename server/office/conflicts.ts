import { doneUnless, ifRefused } from '../../db/refused.ts'
import { PageError } from '../plugins/page-error.ts'
import type { FieldError } from '../rules/typed.ts'

/** A published draft cannot be changed any more. */
export const published = () =>
  new PageError(
    409,
    'published',
    '已经公布，不能再改',
    '公布后发现错误，请发布更正；需要修改，请导入下一稿。',
  )

/** What is to be put right in a form; what it adds may be there already, and then that is. */
export async function unlessTaken(act: Promise<unknown>, error: FieldError): Promise<FieldError[]> {
  return (await doneUnless('taken', act)) ? [] : [error]
}

/** The same where somebody else may have changed what it changes, or taken it away, since its form was opened: null then. */
export function unlessOvertaken(act: Promise<unknown>, error: FieldError): Promise<FieldError[] | null> {
  return unlessTaken(act, error)
    .catch(ifRefused('stale', () => null))
    .catch(ifRefused('gone', () => null))
}

/** What was asked for has been done already, or cannot be done in this state. */
export const notNow = (advice: string) => new PageError(409, 'not_now', '现在不能这样办理', advice)
