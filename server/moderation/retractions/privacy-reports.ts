import type { FastifyInstance, FastifyRequest } from 'fastify'
import { consultationsOfStaff } from '../../../db/queries/consultations/consultations-of-staff.ts'
import type { CommentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { isRedacted } from '../../../db/queries/moderation/originals.ts'
import { answerReports, waitingReports } from '../../../db/queries/retractions/privacy-reports.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { gone } from '../../plugins/page-error.ts'
import { actOf, memberOf } from '../../plugins/roles.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { nameOf, stateNames } from '../../rules/names.ts'
import {
  type ReportOutcome,
  reportAnswerForm,
  reportOutcomes,
  type TypedReportAnswer,
} from '../../rules/retractions/privacy-report-form.ts'
import { hasRole } from '../../rules/staff/roles.ts'
import type { FieldError } from '../../rules/typed.ts'
import { commentInHand } from '../comment-in-hand.ts'
import { retractAsked } from './retracting.ts'

interface WaitingReport {
  comment: string
  body: string
  wording: string | null
  state: string
  title: string
  reports: number
  dueOn: string
  isLate: boolean
}

interface PrivacyReportsPage {
  waiting: WaitingReport[]
  outcomes: [outcome: string, name: string][]
  mayAnswer: boolean
  /** The comment whose answer was refused; null where none was. */
  refused: string | null
  typed: TypedReportAnswer
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'moderation/retractions/privacy-reports': PrivacyReportsPage
  }
}

const readers = ['moderator', 'approver', 'auditor'] as const
const mostShown = 100

/**
 * GET /moderation/privacy-reports: the comments of which somebody says that they tell something about them, with the day by
 * which to answer. POST /moderation/comments/:id/privacy-reports answers all that wait on one; 已整条隐去 hides it, where
 * that has not been done.
 */
export function privacyReports(app: FastifyInstance, deps: Dependencies): void {
  app.get('/privacy-reports', async (request, reply) =>
    reply.page('moderation/retractions/privacy-reports', await reportsPage(deps, request)),
  )

  app.post<{ Params: { id: string } }>('/comments/:id/privacy-reports', async (request, reply) => {
    const { comment } = await commentInHand(deps, request, 'moderator')
    const { typed, values, errors } = reportAnswerForm.sent(request.body)
    const wrong = values ? await notSo(deps, comment, values.outcome) : errors
    if (!values || wrong.length > 0) {
      const page = await reportsPage(deps, request)
      const said = { ...page, typed, errors: wrong, refused: comment.publicId }
      return reply.code(422).page('moderation/retractions/privacy-reports', said)
    }
    if (values.outcome === 'retracted' && comment.state === 'published') {
      const whole = {
        comment: comment.publicId,
        consultation: '',
        words: '',
        cause: 'personal',
        file: false,
        places: '',
      } as const
      await retractAsked(app, deps, request, whole)
    }
    await answerReports(deps.db, comment, values, actOf(request, deps)).catch(refusedAs(gone))
    return reply.redirect('/moderation/privacy-reports', 303)
  })
}

/** What keeps an answer from being true. */
async function notSo(
  { db }: Dependencies,
  comment: CommentToJudge,
  outcome: ReportOutcome,
): Promise<FieldError[]> {
  if (outcome !== 'redacted') return []
  const isSo = comment.state === 'published' && (await isRedacted(db, comment))
  return isSo ? [] : [{ field: 'outcome', message: '这条意见还没有隐去文字后公开，请先审核公开，再这样答复' }]
}

async function reportsPage({ db, now }: Dependencies, request: FastifyRequest): Promise<PrivacyReportsPage> {
  const { id, grants } = memberOf(request)
  const consultations = await consultationsOfStaff(db, id, readers)
  const ids = consultations.map((one) => one.id)
  const waiting = ids.length > 0 ? await waitingReports(db, ids, mostShown) : []
  const today = shanghaiDay(now())
  return {
    waiting: waiting.map(({ state, dueOn, ...row }) => ({
      ...row,
      state: nameOf(stateNames, state),
      dueOn: dueOn ?? today,
      isLate: dueOn !== null && dueOn < today,
    })),
    outcomes: Object.entries(reportOutcomes),
    mayAnswer: ids.some((one) => hasRole(grants, ['moderator'], one)),
    refused: null,
    typed: reportAnswerForm.blank,
    errors: [],
  }
}
