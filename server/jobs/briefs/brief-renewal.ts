import {
  briefSection,
  consultationsWithBriefs,
  newestBrief,
  renewBrief,
} from '../../../db/queries/briefs/briefs.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import { withoutMarked } from '../../../db/queries/faults.ts'
import type { Dependencies } from '../../dependencies.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { theWhole } from '../../rules/briefs/brief.ts'
import { addDays, type Day, shanghaiDay } from '../../rules/days.ts'
import type { KindOfWork } from '../work.ts'

/** As long after midnight as `arrival_days`: nothing of the day before is under way any longer. */
const grace = 60 * 60 * 1000
const mostConsultations = 1000

/**
 * Asks once a day, where staff have had a brief made and its outcome is not out, for the brief as of the day that is over, if
 * what is admitted has changed since the last: so that in the morning it says what came since.
 */
export function briefRenewing(): KindOfWork {
  let renewedBefore = ''
  const dayUnderWay = (now: Date) => shanghaiDay(new Date(now.getTime() - grace))
  return {
    name: 'brief_renewal',
    batch: mostConsultations,
    async waiting({ db, now }, most) {
      const today = dayUnderWay(now())
      if (today === renewedBefore) return []
      renewedBefore = today
      return withoutMarked(db, 'brief_renewal', await consultationsWithBriefs(db, most))
    },
    async work({ db, now }, ids) {
      for (const id of ids) await renew(db, id, addDays(dayUnderWay(now()), -1), now())
    },
  }
}

async function renew(db: Dependencies['db'], consultationId: string, day: Day, now: Date): Promise<void> {
  const last = await newestBrief(db, consultationId, day)
  if (!last || last.day === day) return
  const [said, cells] = await Promise.all([
    briefSection(db, consultationId, last.day, theWhole),
    countCells(db, consultationId),
  ])
  const admitted = cells
    .filter(({ state }) => admittedStates.some((one) => one === state))
    .reduce((sum, { count }) => sum + count, 0)
  if (admitted !== (said?.counts.comments ?? 0)) await renewBrief(db, consultationId, day, now)
}
