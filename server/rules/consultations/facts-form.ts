import { addDays, type Day, endOfDay, isDay, shanghaiDay, startOfDay } from '../days.ts'
import { type FieldError, textProblem, typedText } from '../typed.ts'
import { isDocumentType } from './document-types.ts'
import { earliestClosing, isShortened, minimumInWords } from './periods.ts'
import { isPublicationPolicy } from './publication-policies.ts'
import type { CalendarOverrides } from './working-days.ts'

/** What is put out and for how long, as it was typed; publishing fixes it. */
export interface TypedFacts {
  title: string
  organ: string
  document_type: string
  opens_on: string
  closes_on: string
  short_period_reason: string
  publication_policy: string
  explanation: string
}

/** The same as the consultation keeps it. */
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

/** Reads what came, whatever it is. */
export function readFacts(form: unknown): TypedFacts {
  return {
    title: typedText(form, 'title'),
    organ: typedText(form, 'organ'),
    document_type: typedText(form, 'document_type'),
    opens_on: typedText(form, 'opens_on'),
    closes_on: typedText(form, 'closes_on'),
    short_period_reason: typedText(form, 'short_period_reason'),
    publication_policy: typedText(form, 'publication_policy'),
    explanation: typedText(form, 'explanation'),
  }
}

/** The form as it stands for what is kept. */
export function typedFacts(facts: Facts): TypedFacts {
  return {
    title: facts.title,
    organ: facts.organ,
    document_type: facts.documentType,
    opens_on: shanghaiDay(facts.opensAt),
    closes_on: shanghaiDay(facts.closesAt),
    short_period_reason: facts.shortPeriodReason ?? '',
    publication_policy: facts.publicationPolicy,
    explanation: facts.explanation,
  }
}

/** Everything that keeps the typed facts from being saved, in the order of the form. */
export function checkFacts(typed: TypedFacts, calendar: CalendarOverrides): FieldError[] {
  const texts: [keyof TypedFacts, string | null][] = [
    ['title', textProblem(typed.title, { name: '标题', required: true, most: 200 })],
    ['organ', textProblem(typed.organ, { name: '征求意见的单位', required: true, most: 100 })],
    ['document_type', isDocumentType(typed.document_type) ? null : '请选择文件类型'],
  ]
  const rest: [keyof TypedFacts, string | null][] = [
    ['publication_policy', isPublicationPolicy(typed.publication_policy) ? null : '请选择意见何时公开'],
    ['explanation', textProblem(typed.explanation, { name: '起草说明', most: 100_000 })],
  ]
  return [
    ...texts.flatMap(asErrors),
    ...checkPeriod(typed, typed.document_type, calendar),
    ...rest.flatMap(asErrors),
  ]
}

/** What is wrong with a period; a shorter one than the type's minimum needs its reason (国务院令第713号 art. 15). */
export function checkPeriod(
  typed: Pick<TypedFacts, 'opens_on' | 'closes_on' | 'short_period_reason'>,
  documentType: string,
  calendar: CalendarOverrides,
): FieldError[] {
  const { opens_on, closes_on, short_period_reason } = typed
  const days: FieldError[] = [
    { field: 'opens_on', message: isDay(opens_on) ? '' : '请填写开始日期，例如 2026-11-23' },
    {
      field: 'closes_on',
      message: isDay(closes_on) ? closingProblem(opens_on, closes_on) : '请填写截止日期',
    },
  ].filter(({ message }) => message !== '')
  if (days.length > 0) return days
  const shortened = isShortened(opens_on, closes_on, documentType, calendar)
  const problem =
    shortened && short_period_reason === ''
      ? shortWithoutReason(opens_on, documentType, calendar)
      : textProblem(short_period_reason, { name: '缩短期限的理由', most: 1000 })
  return problem === null ? [] : [{ field: 'short_period_reason', message: problem }]
}

function closingProblem(opensOn: Day, closesOn: Day): string {
  if (closesOn <= opensOn) return '截止日期要晚于开始日期'
  return isDay(opensOn) && closesOn > addDays(opensOn, longestPeriod) ? '截止日期太远，最长一年' : ''
}

function shortWithoutReason(opensOn: Day, documentType: string, calendar: CalendarOverrides): string {
  const earliest = earliestClosing(opensOn, documentType, calendar)
  return `这类文件一般不少于${minimumInWords(documentType)}，最早 ${earliest} 截止。要提前截止，请写明理由，理由会向社会公布`
}

function asErrors([field, message]: [string, string | null]): FieldError[] {
  return message === null ? [] : [{ field, message }]
}

/** The facts that a form which passed `checkFacts` gives; a reason that is not needed is dropped. */
export function factsOf(typed: TypedFacts, calendar: CalendarOverrides): Facts {
  const { opens_on, closes_on, document_type } = typed
  const shortened = isShortened(opens_on, closes_on, document_type, calendar)
  return {
    title: typed.title,
    organ: typed.organ,
    documentType: document_type,
    opensAt: startOfDay(opens_on),
    closesAt: endOfDay(closes_on),
    shortPeriodReason: shortened ? typed.short_period_reason : null,
    publicationPolicy: typed.publication_policy,
    explanation: typed.explanation,
  }
}
