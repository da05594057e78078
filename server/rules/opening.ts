import { addDays, endOfDay } from './days.ts'
import { shanghaiDay } from './shanghai.ts'

/**
 * The last millisecond of the day on which a period closes that opens at `opensAt` and lasts `days` days.
 * The opening day is not counted (民法典 art. 201, by analogy): 30 days from 11-23 end on 12-23.
 */
export function closingAfterDays(opensAt: Date, days: number): Date {
  return endOfDay(addDays(shanghaiDay(opensAt), days))
}
