import { type Day, shanghaiDay } from '../days.ts'
import { consultationState, type Timed } from './consultation-states.ts'
import { type NoticeFacts, tellsClosing, writeNotice } from './notice.ts'
import { earliestClosing, isShortened, minimumInWords } from './periods.ts'
import type { CalendarOverrides } from './working-days.ts'

/** One thing that must be in order before a draft is put out; `problem` is null where it is. */
export interface Check {
  name: string
  problem: string | null
  /** Where it is put in order, below the consultation's address. */
  path: string
}

interface CheckedConsultation extends NoticeFacts, Timed {
  documentType: string
  explanation: string
  notice: string | null
}

interface CheckedRound {
  number: number
  title: string
  /** Whether source = draft + artefacts. */
  isComplete: boolean
  clauses: number
  /** How many clauses wait for somebody to confirm where they come from; 0 in a first round. */
  unconfirmed: number
}

/** Whether what was read is whole and its outline can be read. */
export function checkDraft({ number, title, isComplete, clauses, unconfirmed }: CheckedRound): Check[] {
  const outline = `rounds/${number}/outline`
  return [
    {
      name: '原文与读入的内容一字不差',
      problem: isComplete ? null : '读入的内容与原文对不上，请查看差在哪里',
      path: outline,
    },
    {
      name: '有题目和可以提意见的条款',
      problem:
        title === ''
          ? '还没有题目，请把题目所在的一行升级为题目'
          : clauses === 0
            ? '没有可以提意见的段落'
            : null,
      path: outline,
    },
    ...(number === 1
      ? []
      : [
          {
            name: '与上一稿的对应关系已确认',
            problem: unconfirmed === 0 ? null : `还有 ${unconfirmed} 条没有确认`,
            path: `rounds/${number}/mapping`,
          },
        ]),
  ]
}

/** Whether a consultation may be put out at this moment: its period, explanation, notice and promise. */
export function checkConsultation(
  consultation: CheckedConsultation,
  calendar: CalendarOverrides,
  now: Date,
): Check[] {
  const closesOn = shanghaiDay(consultation.closesAt)
  const notice = consultation.notice ?? writeNotice(consultation)
  return [
    {
      name: '征求意见的期限',
      problem: periodProblem(consultation, openingDay(consultation.opensAt, now), closesOn, calendar),
      path: 'settings',
    },
    {
      name: '起草说明',
      problem:
        consultation.explanation === '' && consultation.explanationFile === null
          ? '还没有起草说明，它要与征求意见稿一起公布'
          : null,
      path: 'settings',
    },
    {
      name: '承诺公布结果的日期',
      problem: consultation.outcomePromisedOn === null ? '还没有填写' : null,
      path: 'participation',
    },
    {
      name: '征求意见公告',
      problem: tellsClosing(notice, closesOn) ? null : `公告里没有写明截止日期 ${closesOn}`,
      path: 'notice',
    },
  ]
}

/** The day on which a consultation opens that is published now. */
export function openingDay(opensAt: Date, now: Date): Day {
  return shanghaiDay(opensAt > now ? opensAt : now)
}

function periodProblem(
  { documentType, shortPeriodReason }: CheckedConsultation,
  opensOn: Day,
  closesOn: Day,
  calendar: CalendarOverrides,
): string | null {
  if (closesOn <= opensOn) return '截止日期已经到了，请重新确定'
  if (shortPeriodReason || !isShortened(opensOn, closesOn, documentType, calendar)) return null
  const earliest = earliestClosing(opensOn, documentType, calendar)
  return `从 ${opensOn} 开始，到 ${closesOn} 不足${minimumInWords(documentType)}；请把截止日期改到 ${earliest} 或以后，或者写明理由`
}

/** Whether a later round, or a change to a running consultation, is still possible. */
export function isRunning(consultation: Timed, now: Date): boolean {
  return ['upcoming', 'open', 'closed', 'suspended'].includes(consultationState(consultation, now))
}
