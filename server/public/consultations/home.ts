import type { FastifyInstance } from 'fastify'
import { publishedCount } from '../../../db/queries/comments/published-counts.ts'
import { type Consultation, publicConsultations } from '../../../db/queries/consultations/consultations.ts'
import { hasStaff } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { consultationState } from '../../rules/consultations/consultation-states.ts'
import { hiddenBy } from '../../rules/consultations/publication-policies.ts'
import { daysBetween, shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/consultations/home': {
      frame: Frame
      title: string
      consultations: Awaited<ReturnType<typeof listed>>[]
    }
    'public/consultations/home-first-run': { frame: Frame; title: string }
  }
}

/** The consultations that are or were out for comment; before anybody works here, how the operator makes an administrator. */
export function home(app: FastifyInstance, deps: Dependencies): void {
  app.get('/', async (request, reply) => {
    const frame = await frameOf(request, deps)
    const now = deps.now()
    const all = await publicConsultations(deps.db)
    const isFirstRun = all.length === 0 && !(await hasStaff(deps.db))
    const standing = all.map((one) => [one.id, one.revision, consultationState(one, now)])
    return reply.keptPage([standing, isFirstRun, shanghaiDay(now), frameKey(frame)], async () => {
      if (isFirstRun)
        return app.page('public/consultations/home-first-run', { frame, title: frame.t.firstRun.title })
      const consultations = await Promise.all(all.map((one) => listed(deps.db, one, now)))
      return app.page('public/consultations/home', { frame, title: frame.t.home.title, consultations })
    })
  })
}

async function listed(db: Dependencies['db'], consultation: Consultation, now: Date) {
  return {
    slug: consultation.slug,
    title: consultation.title,
    organ: consultation.organ,
    state: consultationState(consultation, now),
    daysLeft: daysBetween(shanghaiDay(now), shanghaiDay(consultation.closesAt)),
    opens: shanghaiDay(consultation.opensAt),
    closes: shanghaiMinute(consultation.closesAt),
    hidden: hiddenBy(consultation.publicationPolicy, consultation.closesAt, now),
    published: await publishedCount(db, consultation, now),
  }
}
