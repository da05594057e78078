import { addDays, type Day, endOfDay, isDay, shanghaiDay, startOfDay } from '../days.ts'
import { asking, choice, day, optional, orEmpty, text, tick } from '../fields.ts'
import { form, type Typed, type TypedIn, type ValuesIn } from '../form.ts'
import { documentTypes } from './document-types.ts'
import { earliestClosing, isShortened, minimumInWords } from './periods.ts'
import { publicationPolicies } from './publication-policies.ts'
import type { CalendarOverrides } from './working-days.ts'

/** What is put out and for how long, as the consultation keeps it; publishing fixes it. */
export interface Facts {
  title: string
  organ: string
  documentType: string
  opensAt: Date
  closesAt: Date
  shortPeriodReason: string | null
  publicationPolicy: string
  explanation: string
}

export const longestPeriod = 366

const closing = {
  closes_on: asking(day({ name: '截止日期' }), '请填写截止日期'),
  short_period_reason: optional(text({ name: '缩短期限的理由', most: 1000 })),
}

/** What is put out and for how long. @param calendar what its period is judged by */
export const factsForm = (calendar: CalendarOverrides) =>
  form(
    {
      title: text({ name: '标题', most: 200 }),
      organ: text({ name: '征求意见的单位', most: 100 }),
      document_type: choice(documentTypes, '请选择文件类型'),
      opens_on: asking(day({ name: '开始日期' }), '请填写开始日期，例如 2026-11-23'),
      ...closing,
      publication_policy: choice(publicationPolicies, '请选择意见何时公开'),
      explanation: orEmpty(text({ name: '起草说明', most: 100_000 })),
      remove_explanation_file: tick(),
    },
    (typed) => periodProblems(typed, typed.opens_on, typed.document_type, calendar),
  )
export type TypedFacts = TypedIn<ReturnType<typeof factsForm>>

/** The period of a later round, which opens when it is published. */
export const periodForm = (opensOn: Day, documentType: string, calendar: CalendarOverrides) =>
  form(closing, (typed) => periodProblems(typed, opensOn, documentType, calendar))
export type TypedPeriod = Typed<typeof closing>

/** A shorter period than the type's minimum needs its reason (国务院令第713号 art. 15). */
function periodProblems(
  { closes_on, short_period_reason }: TypedPeriod,
  opensOn: string,
  documentType: string,
  calendar: CalendarOverrides,
): [keyof TypedPeriod, string | null][] {
  const problem = closingProblem(opensOn, closes_on)
  const isPeriod = isDay(opensOn) && isDay(closes_on) && problem === null
  const isUnexplained =
    isPeriod && short_period_reason === '' && isShortened(opensOn, closes_on, documentType, calendar)
  return [
    ['closes_on', problem],
    ['short_period_reason', isUnexplained ? shortWithoutReason(opensOn, documentType, calendar) : null],
  ]
}

function closingProblem(opensOn: string, closesOn: string): string | null {
  if (closesOn <= opensOn) return '截止日期要晚于开始日期'
  return isDay(opensOn) && closesOn > addDays(opensOn, longestPeriod) ? '截止日期太远，最长一年' : null
}

function shortWithoutReason(opensOn: Day, documentType: string, calendar: CalendarOverrides): string {
  const earliest = earliestClosing(opensOn, documentType, calendar)
  return `这类文件一般不少于${minimumInWords(documentType)}，最早 ${earliest} 截止。要提前截止，请写明理由，理由会向社会公布`
}

/** The form as it stands for what is kept. */
export function givenFacts(facts: Facts): TypedFacts {
  const [opensOn, closesOn] = [shanghaiDay(facts.opensAt), shanghaiDay(facts.closesAt)]
  return factsForm(new Map()).given({ ...facts, opensOn, closesOn, removeExplanationFile: false })
}

/** What is kept of the form; a reason that is not needed is dropped. */
export function factsOf(
  { opensOn, closesOn, removeExplanationFile, ...facts }: ValuesIn<ReturnType<typeof factsForm>>,
  calendar: CalendarOverrides,
): Facts {
  const shortened = isShortened(opensOn, closesOn, facts.documentType, calendar)
  return {
    ...facts,
    opensAt: startOfDay(opensOn),
    closesAt: endOfDay(closesOn),
    shortPeriodReason: shortened ? facts.shortPeriodReason : null,
  }
}
