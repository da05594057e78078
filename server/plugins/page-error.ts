import { enErrors } from '../locales/en/errors.ts'

/** An answer that is not the page asked for: what is the matter, and what to do about it, in plain Chinese. */
export class PageError extends Error {
  override name = 'PageError'
  readonly statusCode: number
  readonly code: string
  readonly advice: string

  constructor(statusCode: number, code: string, title: string, advice: string) {
    super(title)
    this.statusCode = statusCode
    this.code = code
    this.advice = advice
  }
}

/** What it says in the language of the page. */
export function wordsOf({ code, message, advice }: PageError, lang: 'zh' | 'en') {
  return (lang === 'en' && enErrors[code]) || { title: message, advice }
}

export const notFound = () =>
  new PageError(404, 'not_found', '没有找到这个页面', '网址可能有误，或者内容已经撤回。请从首页重新进入。')
/** The address is there, and is asked for in another way: a form's address was typed, or opened from the history. */
export const wrongMethod = () =>
  new PageError(405, 'wrong_method', '这个网址不能这样打开', '请从首页重新进入，在网页上操作。')
/** What a form or a button acted on was taken away since the page was shown. */
export const gone = () =>
  new PageError(
    404,
    'gone',
    '这项内容已经不在了',
    '它可能刚刚被删除或者撤回，您这次的操作没有生效。请返回上一页并刷新。',
  )
/** Somebody else was first: what the person sent was made on something that is there no longer. */
export const changedMeanwhile = () =>
  new PageError(
    409,
    'changed_meanwhile',
    '内容刚刚被别人修改过',
    '您这次的修改没有保存。请返回上一页并刷新，看过最新的内容后再做。',
  )
/** What is given to a department that answers no more would wait for nobody. */
export const departmentClosed = () =>
  new PageError(
    409,
    'department_closed',
    '不能交给这个责任单位',
    '它已经结束办理，或者已被删除：交给它的意见不会有人看到。请返回上一页，另选一个责任单位；要它继续办理，请先在“责任单位”里点“恢复办理”。',
  )
/** The disk or the database is away, full or too slow: nothing was stored, and the same may go well soon. */
export const unavailable = () =>
  new PageError(
    503,
    'unavailable',
    '系统暂时不能保存和读取',
    '您这次的操作没有完成，您填写的内容没有丢。请过半分钟再试；如一直不行，请把故障编号告诉我们，联系方式在首页下方。',
  )
/** It was sealed with a key that this node was not given: what is stored is whole, and nothing was done to it. */
export const unknownKey = () =>
  new PageError(
    503,
    'unknown_key',
    '这里的内容暂时打不开',
    '系统的密钥已经更换，这个节点还没有新的密钥，您这次的操作没有完成。请稍后再试，或者请管理员查看 /readyz。',
  )
export const forbidden = () =>
  new PageError(
    403,
    'forbidden',
    '您的账号没有这项权限',
    '如需办理，请联系管理员开通，或换用有权限的账号登录。',
  )
export const staleForm = () =>
  new PageError(
    403,
    'stale_form',
    '页面已过期，这次没有提交成功',
    '请返回上一页刷新；如已退出，请重新登录后再提交。',
  )
