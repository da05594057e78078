import { addDays, type Day, shanghaiDay } from '../days.ts'
import { type Field, unjudged } from '../fields.ts'
import { form, type ValuesIn } from '../form.ts'

export const retentionFieldNames = {
  after_outcome: '公布结果以后，姓名、单位、联系方式和附件保存多少天',
  unlawful: '认定为违法内容以后，封存的记录保存多少天',
} as const

/** How many days what says who sent a comment, and what the law wants a record of, is kept. */
export const retentionForm = form({
  after_outcome: days(30),
  unlawful: days(1),
})
export type RetentionTerms = ValuesIn<typeof retentionForm>

/**
 * A year leaves the archive time to take the papers over. 180 days: 网络安全法 wants what is unlawful removed and a record
 * of it kept (第四十七条) without saying how long; its term for logs is six months (第二十一条).
 */
export const retentionDefaults: RetentionTerms = { afterOutcome: 365, unlawful: 180 }

/** So many days before it ends, administrators are told. */
export const announcedBefore = 14

/** The day on which it ends: the promised one, and the day after the archive took the papers over where that is later. */
export function endsOn(promisedOn: Day, archivedAt: Date | null): Day {
  const earliest = archivedAt && addDays(shanghaiDay(archivedAt), 1)
  return earliest && earliest > promisedOn ? earliest : promisedOn
}

const most = 3650

function days(least: number): Field<string, number> {
  const isTerm = (typed: string) => /^\d{1,4}$/.test(typed) && Number(typed) >= least && Number(typed) <= most
  return {
    ...unjudged(),
    given: String,
    problem: (typed) => (isTerm(typed) ? null : `请填写 ${least} 到 ${most} 之间的天数`),
    value: Number,
  }
}
