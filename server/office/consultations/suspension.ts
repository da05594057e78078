import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { resume, suspend } from '../../../db/queries/consultations/suspensions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { isRunning } from '../../rules/consultations/publication-checks.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { consultationOf } from '../consultation.ts'
import { actBy } from './act.ts'

interface SuspensionPage {
  consultation: Consultation
  isRunning: boolean
  since: string | null
  reason: string
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/consultations/suspension': SuspensionPage
  }
}

/** GET /office/:slug/suspension */
export function suspensionPage(deps: Dependencies) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    show(deps, request, reply, '', [])
}

/** POST /office/:slug/suspension: an approver stops the consultation, and says why to everybody. */
export function suspendConsultation(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const act = actBy(request, deps, 'approver')
    const reason = typedText(request.body, 'reason')
    const problem = textProblem(reason, { name: '中止的原因', required: true, most: 500 })
    if (problem) return show(deps, request, reply, reason, [{ field: 'reason', message: problem }])
    await orNotNow(suspend(deps.db, consultationOf(request), reason, act))
    return reply.redirect(`/office/${consultationOf(request).slug}/suspension`, 303)
  }
}

/** POST /office/:slug/suspension/end: the consultation goes on by its clock. */
export function resumeConsultation(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const act = actBy(request, deps, 'approver')
    await orNotNow(resume(deps.db, consultationOf(request), act))
    return reply.redirect(`/office/${consultationOf(request).slug}/suspension`, 303)
  }
}

async function orNotNow(change: Promise<void>): Promise<void> {
  try {
    await change
  } catch (error) {
    throw error instanceof Refused ? notNow('请刷新页面，看过现在的状态后再办理。') : error
  }
}

async function show(
  { now }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  reason: string,
  errors: FieldError[],
): Promise<FastifyReply> {
  const consultation = consultationOf(request)
  const { suspendedAt } = consultation
  return reply.code(errors.length > 0 ? 422 : 200).page('office/consultations/suspension', {
    consultation,
    isRunning: isRunning(consultation, now()),
    since: suspendedAt && shanghaiMinute(suspendedAt),
    reason,
    errors,
  })
}
