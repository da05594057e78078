import { type Day, shanghaiDay } from '../days.ts'

interface Correctable {
  correctedAt: Date | null
  correctionCause: string | null
}

/** On what day an answer was last corrected, and why. */
export interface Corrected {
  day: Day
  cause: string
}

/** null where it was not. */
export function correctedOn({ correctedAt, correctionCause }: Correctable): Corrected | null {
  return correctedAt && { day: shanghaiDay(correctedAt), cause: correctionCause ?? '' }
}

/** What is said beside an answer that was corrected after it was approved; null where it was not. */
export function correctionNote(answer: Correctable): string | null {
  const corrected = correctedOn(answer)
  return corrected && `采纳情况已更正（${corrected.day}，原因：${corrected.cause}）`
}
