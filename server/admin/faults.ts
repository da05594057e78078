import type { FastifyInstance } from 'fastify'
import { type Fault, markedFaults, retryFault } from '../../db/queries/faults.ts'
import { repeatable } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { actOf } from '../plugins/roles.ts'
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
    return reply.page('admin/faults', { faults: shown.map((fault) => shownFault(fault, now())), count })
  })

  app.post('/faults/retry', async (request, reply) => {
    const work = typedText(request.body, 'work')
    const subject = typedText(request.body, 'subject')
    if (isWorkName(work) && !isUnstorable(subject)) {
      await repeatable(retryFault(db, { work, subject }, actOf(request, deps)))
    }
    return reply.redirect('/admin/faults', 303)
  })
}

function shownFault({ since, retryAt, ...fault }: Fault, now: Date): ShownFault {
  return {
    ...fault,
    name: nameOf(workNames, fault.work),
    isWhole: fault.subject === wholeWork,
    since: shanghaiMinute(since),
    retryAt: retryAt > now ? shanghaiSecond(retryAt) : null,
    advice: adviceOn(fault.error),
  }
}
