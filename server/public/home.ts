import type { FastifyInstance } from 'fastify'
import { publicConsultations } from '../../db/queries/consultations.ts'
import { publishedCount } from '../../db/queries/published-counts.ts'
import type { Dependencies } from '../dependencies.ts'
import { consultationState } from '../rules/consultation-states.ts'
import { daysBetween } from '../rules/days.ts'
import { shanghaiDay, shanghaiMinute } from '../rules/shanghai.ts'
import { type Frame, frameOf } from './frame.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'public/home': { frame: Frame; title: string; consultations: Awaited<ReturnType<typeof listed>>[] }
  }
}

export async function home(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get('/', async (request, reply) => {
    const frame = await frameOf(request, deps)
    const consultations = await Promise.all(
      (await publicConsultations(deps.db)).map((one) => listed(deps, one)),
    )
    return reply.page('public/home', { frame, title: frame.t.home.title, consultations })
  })
}

async function listed(
  { db, now }: Dependencies,
  consultation: Awaited<ReturnType<typeof publicConsultations>>[number],
) {
  return {
    slug: consultation.slug,
    title: consultation.title,
    organ: consultation.organ,
    state: consultationState(consultation, now()),
    daysLeft: daysBetween(shanghaiDay(now()), shanghaiDay(consultation.closesAt)),
    opens: shanghaiDay(consultation.opensAt),
    closes: shanghaiMinute(consultation.closesAt),
    published: await publishedCount(db, consultation, now()),
  }
}
