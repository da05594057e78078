import { keepDays, withUnkeptDays } from '../../db/queries/comments/arrivals.ts'
import { withoutMarked } from '../../db/queries/faults.ts'
import { shanghaiDay } from '../rules/days.ts'
import type { KindOfWork } from './work.ts'

/** After midnight no submission of the day before is under way any longer, nor is a node's clock so far behind. */
const grace = 60 * 60 * 1000
const mostConsultations = 1000

/** Keeps, once a day, how many comments came in on the days that are over. */
export function arrivalDayKeeping(): KindOfWork {
  let keptBefore = ''
  const dayUnderWay = (now: Date) => shanghaiDay(new Date(now.getTime() - grace))
  return {
    name: 'arrival_days',
    batch: mostConsultations,
    async waiting({ db, now }, most) {
      const today = dayUnderWay(now())
      if (today === keptBefore) return []
      keptBefore = today
      return withoutMarked(db, 'arrival_days', await withUnkeptDays(db, most))
    },
    async work({ db, now }, ids) {
      for (const id of ids) await keepDays(db, id, dayUnderWay(now()))
    },
  }
}
