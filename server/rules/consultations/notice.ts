import { type Day, shanghaiDay, writtenDay } from '../days.ts'
import type { OfflineChannels } from './participation-form.ts'

/** What a 征求意见公告 is made from. */
export interface NoticeFacts {
  /** With （征求意见稿）. */
  title: string
  closesAt: Date
  shortPeriodReason: string | null
  offlineChannels: OfflineChannels | null
  outcomePromisedOn: Day | null
  explanation: string
  /** Whether it goes out as a file too. */
  explanationFile: object | null
}

/** The heading of the notice of a draft. */
export function noticeTitle(title: string): string {
  return `关于公开征求《${title}》意见的公告`
}

/**
 * The words of a 征求意见公告 as the facts make them, a paragraph a line, without heading and 落款:
 * how and until when to comment, why the period is short (国务院令第713号 art. 15), and what is attached.
 */
export function writeNotice(facts: NoticeFacts): string {
  const ways = ['登录本网站，在征求意见稿中逐条或者对全文提出意见', ...offlineWays(facts.offlineChannels)]
  return [
    `我们起草了《${facts.title}》，现向社会公开征求意见。公众可以通过以下途径和方式提出意见：`,
    ...ways.map((way, index) => `${index + 1}.${way}${index === ways.length - 1 ? '。' : '；'}`),
    `提出意见的截止日期为${writtenDay(shanghaiDay(facts.closesAt))}（含当日）。`,
    ...(facts.shortPeriodReason
      ? [`本次征求意见的期限短于一般期限，理由是：${endedBy(facts.shortPeriodReason)}`]
      : []),
    ...(facts.outcomePromisedOn
      ? [`意见的研究采纳情况将于${writtenDay(facts.outcomePromisedOn)}前在本网站公布。`]
      : []),
    '感谢您的参与和支持。',
    ...attachments(facts),
  ].join('\n')
}

function offlineWays(channels: OfflineChannels | null): string[] {
  if (!channels) return []
  const { address, postcode, phone, email } = channels
  const code = postcode ? `（邮政编码：${postcode}）` : ''
  return [
    ...(address ? [`寄信：${address}${code}，信封上请注明“征求意见”`] : []),
    ...(email ? [`发送电子邮件：${email}`] : []),
    ...(phone ? [`拨打电话：${phone}`] : []),
  ]
}

function endedBy(sentence: string): string {
  return /[。！？]$/u.test(sentence) ? sentence : `${sentence}。`
}

function attachments({ title, explanation, explanationFile }: NoticeFacts): string[] {
  const names = [title, ...(explanation || explanationFile ? ['起草说明'] : []), '意见反馈表']
  return names.map((name, index) => `${index === 0 ? '附件：' : ''}${index + 1}.${name}`)
}

/** Whether a notice tells the closing day, in whichever of the usual ways. */
export function tellsClosing(notice: string, closesOn: Day): boolean {
  const plain = notice.replace(/\s/g, '')
  const [year, month, day] = closesOn.split('-').map(Number)
  const padded = `${year}年${String(month).padStart(2, '0')}月${String(day).padStart(2, '0')}日`
  return [writtenDay(closesOn), padded, closesOn].some((written) => plain.includes(written))
}
