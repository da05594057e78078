import type { FastifyInstance } from 'fastify'
import { answersWithheld } from '../../../db/queries/answers/listed-responses.ts'
import {
  approveResponse,
  dropResponse,
  returnResponse,
  rewordResponse,
  submitResponse,
} from '../../../db/queries/answers/responses.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { answerForm, returnForm } from '../../rules/answers/answer-form.ts'
import { actBy } from '../consultation.ts'
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
    const { typed, values, errors } = answerForm(await answersWithheld(db, response.id)).sent(request.body)
    if (!values) {
      const page = await responsePage(deps, request, response)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/response', { ...page, typed: typing, errors })
    }
    await rewordResponse(db, consultation.id, response.id, values, actOf(request, deps)).catch(movedOn)
    return reply.redirect(responseAddress(consultation, response), 303)
  })

  app.post<OfResponse>('/responses/:response/submission', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    await submitResponse(db, consultation.id, response.id, actOf(request, deps)).catch(movedOn)
    return reply.redirect(responseAddress(consultation, response), 303)
  })

  app.post<OfResponse>('/responses/:response/approval', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const act = actBy(request, deps, 'approver')
    if (response.draftedBy === act.staffId) throw secondPerson()
    await approveResponse(db, consultation.id, response.id, act).catch(movedOn)
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
    await dropResponse(db, consultation.id, response.id, actOf(request, deps)).catch(movedOn)
    return reply.redirect(`/office/${consultation.slug}/responses`, 303)
  })
}

const movedOn = refusedAs(
  () =>
    new PageError(
      409,
      'response_moved_on',
      '这份答复的状态刚刚变了',
      '可能有同事先处理了它。请返回这份答复，看过现在的状态再办理。',
    ),
)

function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能批准自己送审的答复', '请由另一位审批人员批准。')
}
