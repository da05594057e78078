import type { FastifyInstance } from 'fastify'
import { innerId, publicIds } from '../../db/queries/comments/public-ids.ts'
import { type Fault, markedFaults, retryFault } from '../../db/queries/faults.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
import { isPublicId } from '../rules/comments/publication-places.ts'
import { shanghaiMinute, shanghaiSecond } from '../rules/days.ts'
import { nameOf } from '../rules/names.ts'
import { isUnstorable, typedText } from '../rules/typed.ts'
import { adviceOn, wholeWork } from '../rules/upkeep/faults.ts'
import { isWorkName, workNames } from '../rules/upkeep/work-names.ts'

interface ShownFault extends Omit<Fault, 'since' | 'retryAt'> {
  /** What this kind of work is called. */
  name: string
  /** Whether a whole kind of work rests. */
  isWhole: boolean
  since: string
  /** When it is tried again by itself; null where that is due. */
  retryAt: string | null
  advice: string
}

declare module '../plugins/views.ts' {
  interface Views {
    /** `count` is of all; the oldest are shown. */
    'admin/faults': { faults: ShownFault[]; count: number }
  }
}

const mostShown = 200

/** GET /admin/faults: on what background work failed, and what to do. POST …/retry has one thing tried again at once. */
export function faults(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.get('/faults', async (_request, reply) => {
    const { shown, count } = await markedFaults(db, mostShown)
    const names = await publicIds(
      db,
      shown.flatMap(({ subject, cause }) => [subject, cause ?? '']),
    )
    return reply.page('admin/faults', {
      faults: shown.map((fault) => shownFault(fault, names, now())),
      count,
    })
  })

  app.post('/faults/retry', async (request, reply) => {
    const work = typedText(request.body, 'work')
    const subject = typedText(request.body, 'subject')
    if (isWorkName(work) && !isUnstorable(subject)) {
      const comment = isPublicId(subject) ? await innerId(db, subject) : null
      await repeatable(retryFault(db, { work, subject: comment ?? subject }, actOf(request, deps)))
    }
    return reply.redirect('/admin/faults', 303)
  })
}

/** @param names what pages call comments, by their inner ids */
function shownFault(
  { since, retryAt, ...fault }: Fault,
  names: ReadonlyMap<string, string>,
  now: Date,
): ShownFault {
  return {
    ...fault,
    subject: names.get(fault.subject) ?? fault.subject,
    cause: fault.cause && (names.get(fault.cause) ?? fault.cause),
    name: nameOf(workNames, fault.work),
    isWhole: fault.subject === wholeWork,
    since: shanghaiMinute(since),
    retryAt: retryAt > now ? shanghaiSecond(retryAt) : null,
    advice: adviceOn(fault.error),
  }
}
