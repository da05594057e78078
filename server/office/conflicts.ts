import { Refused } from '../../db/atomically.ts'
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

/** Somebody else was first: what the person sent was made on something that is there no longer. */
export const changedMeanwhile = () =>
  new PageError(
    409,
    'changed_meanwhile',
    '内容刚刚被别人修改过',
    '您这次的修改没有保存。请返回上一页并刷新，看过最新的内容后再做。',
  )

/** Stores what the database may refuse; what has then to be put right. */
export async function refusal(error: FieldError, work: () => Promise<void>): Promise<FieldError[]> {
  try {
    await work()
    return []
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown
    return [error]
  }
}

/** What was asked for has been done already, or cannot be done in this state. */
export const notNow = (advice: string) => new PageError(409, 'not_now', '现在不能这样办理', advice)
