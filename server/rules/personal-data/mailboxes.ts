import type { FoundPiece } from './kinds.ts'

/** A mailbox is read backwards from its @. */
const email = /@(?<=([\w.+-]+ ?)@) ?[a-z0-9-]+(?: ?\. ?[a-z0-9-]+)+/g
const hosts =
  'qq|163|126|139|189|188|sina|sohu|foxmail|gmail|outlook|hotmail|yeah|aliyun|icloud|yahoo|live|tom|21cn|wo|msn'
const sign = '(?:[@#]| at |[(\\[【] ?at ?[)\\]】]|艾特|圈a)'
/** The same as it is written so that machines do not find it, with a provider's name. */
const disguised = new RegExp(
  `${sign}(?<=([\\w.+-]{2,40} ?)${sign}) ?(?:vip\\.)?(?:${hosts}) ?(?:\\.|点|。| ?dot ?) ?(?:com|cn|net)`,
  'g',
)
const ofOffice =
  /(?:意见|公共|官方|公务|举报|投诉|监督|政务|公开|客服|信访|受理|咨询|征集)邮箱[^，。；\n]{0,6}$|(?:局|委|厅|政府)的?(?:邮箱|信箱)[^，。；\n]{0,4}$/

/** Mailboxes of persons, also written with # or “at”. */
export function* mailboxes(text: string): Generator<FoundPiece> {
  for (const pattern of [email, disguised]) {
    let last = 0
    for (const { 0: found, 1: mailbox = '', index } of text.matchAll(pattern)) {
      const start = Math.max(last, index - mailbox.length)
      if (start === index) continue
      last = index + found.length
      if (ofOffice.test(text.slice(Math.max(0, start - 16), start))) continue
      yield { start, end: last, kind: 'email' }
    }
  }
}
