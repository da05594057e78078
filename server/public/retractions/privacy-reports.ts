import type { FastifyInstance } from 'fastify'
import { publishedComments } from '../../../db/queries/comments/published-comments.ts'
import { calendarOverrides } from '../../../db/queries/consultations/calendar.ts'
import { reportOf, reportPrivacy } from '../../../db/queries/retractions/privacy-reports.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { gone, notFound } from '../../plugins/page-error.ts'
import { isPublicId } from '../../rules/comments/publication-places.ts'
import { commentsAreShown } from '../../rules/consultations/publication-policies.ts'
import { addWorkingDays } from '../../rules/consultations/working-days.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { reportTerm } from '../../rules/retractions/privacy-report-form.ts'
import { type ShownComment, shownComment } from '../comments/shown-comment.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { nameIn, seenConsultation, seenKey, withRound } from '../scope.ts'

interface Page {
  frame: Frame
  title: string
  slug: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/retractions/privacy-report-form': Page & { comment: ShownComment; currentRound: number }
    'public/retractions/privacy-report': Page & {
      receivedAt: string
      dueOn: string
      /** null while it waits. */
      outcome: string | null
      answer: string | null
      answeredAt: string | null
    }
  }
}

interface OfComment {
  slug: string
  comment: string
}

/**
 * 反映此条涉及我的信息: GET /consultations/:slug/comments/:comment/privacy-reports/new asks to confirm, POST
 * …/privacy-reports keeps it, without account and without a reason, and leads to
 * /consultations/:slug/privacy-reports/:report, where whoever has the address reads what became of it.
 */
export function privacyReports(app: FastifyInstance, deps: Dependencies): void {
  const address = '/consultations/:slug/comments/:comment/privacy-reports'

  app.get<{ Params: OfComment }>(`${address}/new`, async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    const { comment: id } = request.params
    if (!isPublicId(id)) throw notFound()
    reply.header('x-robots-tag', 'noindex')
    return reply.keptPage([seenKey(seen, deps.now()), id, frameKey(frame)], async () => {
      const { comments } = await publishedComments(deps, seen.consultation, { id }, deps.now(), 1)
      const [comment] = comments
      if (!comment) throw notFound()
      const scope = await withRound(deps, seen)
      return app.page('public/retractions/privacy-report-form', {
        frame,
        title: frame.t.privacyReport.title,
        slug: seen.consultation.slug,
        comment: shownComment(comment, nameIn(scope, comment.clause, frame.t.clause.wholeDraft)),
        currentRound: scope.round.number,
      })
    })
  })

  app.post<{ Params: OfComment }>(address, { config: { limit: 'privacyReport' } }, async (request, reply) => {
    const { consultation } = await seenConsultation(deps, request.params.slug)
    const { href } = await frameOf(request, deps)
    const { comment: publicId } = request.params
    if (!isPublicId(publicId)) throw notFound()
    const now = deps.now()
    if (!commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now)) throw gone()
    const dueOn = addWorkingDays(shanghaiDay(now), reportTerm, await calendarOverrides(deps.db))
    const reported = { consultationId: consultation.id, publicId }
    const id = await reportPrivacy(deps.db, reported, dueOn, now).catch(refusedAs(gone))
    reply.header('cache-control', 'no-store')
    return reply.redirect(href(`/consultations/${consultation.slug}/privacy-reports/${id}`), 303)
  })

  app.get<{ Params: { slug: string; report: string } }>(
    '/consultations/:slug/privacy-reports/:report',
    async (request, reply) => {
      const { consultation } = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      const report = await reportOf(deps.db, consultation.id, request.params.report)
      if (!report) throw notFound()
      return reply
        .header('cache-control', 'no-store')
        .header('x-robots-tag', 'noindex')
        .page('public/retractions/privacy-report', {
          frame,
          title: frame.t.privacyReport.title,
          slug: consultation.slug,
          receivedAt: shanghaiMinute(report.createdAt),
          dueOn: report.dueOn,
          outcome: report.outcome,
          answer: report.answer,
          answeredAt: report.answeredAt && shanghaiMinute(report.answeredAt),
        })
    },
  )
}
