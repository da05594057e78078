import type { FastifyInstance } from 'fastify'
import { moderationStatistics } from '../../../db/queries/moderation/moderation-statistics.ts'
import { answeredReports } from '../../../db/queries/retractions/privacy-reports.ts'
import { currentReasons } from '../../../db/queries/settings.ts'
import type { Dependencies } from '../../dependencies.ts'
import { reportOutcomes } from '../../rules/retractions/privacy-report-form.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { seenConsultation, seenKey, withRound } from '../scope.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/consultations/moderation': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      published: number
      redacted: number
      withheld: { reason: string; count: number }[]
      refused: { reason: string; count: number }[]
      /** 反映此条涉及我的信息 that were answered, by what became of them. */
      reports: { outcome: string; count: number }[]
    }
  }
}

/** GET /consultations/:slug/moderation: how many comments were published, redacted, withheld and refused, and why. */
export function moderation(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/moderation', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame)], async () => {
      const { consultation, round } = await withRound(deps, seen)
      const { reasons, ...figures } = await moderationStatistics(deps.db, consultation.id)
      const reports = await answeredReports(deps.db, consultation.id)
      const names = new Map((await currentReasons(deps.db)).map(({ code, name }) => [code, name]))
      const inState = (state: string) =>
        reasons
          .filter((row) => row.state === state)
          .map(({ reason, count }) => ({ reason: names.get(reason ?? '') ?? '其他', count }))
      return app.page('public/consultations/moderation', {
        frame,
        title: frame.t.moderation.title,
        slug: consultation.slug,
        draftTitle: round.title,
        ...figures,
        withheld: inState('withheld'),
        refused: inState('refused'),
        reports: Object.keys(reportOutcomes).map((outcome) => ({
          outcome,
          count: reports.get(outcome) ?? 0,
        })),
      })
    })
  })
}
