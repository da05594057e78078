import type { Day } from '../days.ts'
import { day } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

/** As of which day a brief is made: from when the consultation opened until today. */
export const briefForm = (first: Day, today: Day) =>
  form({ day: day({ name: '截至日期' }) }, ({ day: typed }) => [
    [
      'day',
      typed > today
        ? `截至日期不能晚于今天（${today}）`
        : typed < first
          ? `截至日期不能早于开始征求意见的那一天（${first}）`
          : null,
    ],
  ])
export type TypedBriefDay = TypedIn<ReturnType<typeof briefForm>>
