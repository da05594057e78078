import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { answersWithheld } from '../../../db/queries/answers/listed-responses.ts'
import {
  approveResponse,
  dropResponse,
  returnResponse,
  rewordResponse,
  submitResponse,
} from '../../../db/queries/answers/responses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { memberOf, memberWith } from '../../plugins/roles.ts'
import { readAnswer, typedAnswer } from '../../rules/answers/answer-form.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { pageOf } from './response.ts'

/** POST /office/:slug/responses/:response: other words for a draft. */
export function rewordedResponse(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const typed = typedAnswer(request.body)
    const { answer, errors } = readAnswer(typed, await answersWithheld(deps.db, page.response.id))
    if (!answer) return reply.code(422).page('office/answers/response', { ...page, typed, errors })
    const { consultation, response } = page
    await ifUnmoved(() =>
      rewordResponse(deps.db, consultation.id, response.id, answer, memberOf(request).id, deps.now()),
    )
    return reply.redirect(page.address, 303)
  }
}

/** POST …/submission: hands a draft to the approver. */
export function responseSubmission(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, response, address } = await pageOf(deps, request)
    await ifUnmoved(() =>
      submitResponse(deps.db, consultation.id, response.id, memberOf(request).id, deps.now()),
    )
    return reply.redirect(address, 303)
  }
}

/** POST …/approval: by another person than the one who submitted it; from then on every receipt shows the answer. */
export function responseApproval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, response, address } = await pageOf(deps, request)
    const approver = memberWith(request, consultation.id, 'approver')
    if (response.draftedBy === approver.id) throw secondPerson()
    await ifUnmoved(() => approveResponse(deps.db, consultation.id, response.id, approver.id, deps.now()))
    return reply.redirect(address, 303)
  }
}

/** POST …/return: back to the drafter, with what is to be changed. */
export function responseReturn(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const { consultation, response, address } = page
    const approver = memberWith(request, consultation.id, 'approver')
    const note = typedText(request.body, 'note')
    const problem = textProblem(note, { name: '退回意见', required: true, most: 1000 })
    if (problem) {
      const errors = [{ field: 'note', message: problem }]
      return reply.code(422).page('office/answers/response', { ...page, note, errors })
    }
    await ifUnmoved(() =>
      returnResponse(deps.db, consultation.id, response.id, note, approver.id, deps.now()),
    )
    return reply.redirect(address, 303)
  }
}

/** POST …/removal: throws a draft away; its comments are unanswered again. */
export function responseRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { consultation, response } = await pageOf(deps, request)
    await ifUnmoved(() =>
      dropResponse(deps.db, consultation.id, response.id, memberOf(request).id, deps.now()),
    )
    return reply.redirect(`/office/${consultation.slug}/responses`, 303)
  }
}

/** Does what changes an answer. @throws PageError 409 where somebody else has handled it meanwhile */
async function ifUnmoved(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new PageError(
      409,
      'response_moved_on',
      '这份答复的状态刚刚变了',
      '可能有同事先处理了它。请返回这份答复，看过现在的状态再办理。',
    )
  }
}

function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能批准自己送审的答复', '请由另一位审批人员批准。')
}
