import type { FastifyInstance } from 'fastify'
import { answersWithheld } from '../../../db/queries/answers/listed-responses.ts'
import {
  approveResponse,
  dropResponse,
  returnResponse,
  rewordResponse,
  submitResponse,
} from '../../../db/queries/answers/responses.ts'
import { doneUnless, refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { returnForm, rewordingForm } from '../../rules/answers/answer-form.ts'
import { revisionSeen } from '../../rules/versions/revision-seen.ts'
import { actBy } from '../consultation.ts'
import { conflict } from '../versions/conflict.ts'
import { type OfResponse, responseAddress, responseAsked, responsePage } from './response.ts'

/**
 * POST /office/:slug/responses/:response: other words for a draft; …/submission hands it to the approver; …/approval is by
 * another person than the one who submitted it, and from then on every receipt shows the answer; …/return: back to the
 * drafter, with what is to be changed; …/removal throws a draft away, and its comments are unanswered again.
 */
export function responseActs(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post<OfResponse>('/responses/:response', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const { typed, values, errors } = rewordingForm(await answersWithheld(db, response.id)).sent(request.body)
    if (!values) {
      const page = await responsePage(deps, request, response)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/response', { ...page, typed: typing, errors })
    }
    const { revision, ...answer } = values
    const saving = { id: response.id, revision }
    const isSaved = await doneUnless(
      'stale',
      rewordResponse(db, consultation.id, saving, answer, actOf(request, deps)),
    )
    return isSaved
      ? reply.redirect(responseAddress(consultation, response), 303)
      : conflict(deps, request, reply, { kind: 'answer', row: response.id }, typed)
  })

  app.post<OfResponse>('/responses/:response/submission', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const seen = revisionSeen(request.body)
    await submitResponse(db, consultation.id, response.id, actOf(request, deps), seen).catch(movedOn)
    return reply.redirect(responseAddress(consultation, response), 303)
  })

  app.post<OfResponse>('/responses/:response/approval', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const act = actBy(request, deps, 'approver')
    if (response.draftedBy === act.staffId) throw secondPerson()
    const seen = revisionSeen(request.body)
    await approveResponse(db, consultation.id, response.id, act, seen).catch(movedOn)
    return reply.redirect(responseAddress(consultation, response), 303)
  })

  app.post<OfResponse>('/responses/:response/return', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const act = actBy(request, deps, 'approver')
    const { typed, values, errors } = returnForm.sent(request.body)
    if (!values) {
      const page = await responsePage(deps, request, response)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/response', { ...page, typed: typing, errors })
    }
    await returnResponse(db, consultation.id, { id: response.id, returnNote: values.note }, act).catch(
      movedOn,
    )
    return reply.redirect(responseAddress(consultation, response), 303)
  })

  app.post<OfResponse>('/responses/:response/removal', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const seen = revisionSeen(request.body)
    await dropResponse(db, consultation.id, response.id, actOf(request, deps), seen).catch(movedOn)
    return reply.redirect(`/office/${consultation.slug}/responses`, 303)
  })
}

const movedOn = refusedAs(
  () =>
    new PageError(
      409,
      'response_moved_on',
      '这份答复的状态刚刚变了',
      '可能有同事先处理了它，或者改了它的文字。请返回这份答复，看过现在的文字和状态再办理。',
    ),
)

function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能批准自己送审的答复', '请由另一位审批人员批准。')
}
