import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  approveCorrection,
  type Correction,
  type NewCorrection,
  proposeCorrection,
  returnCorrection,
  withdrawCorrection,
} from '../../../db/queries/answers/answer-corrections.ts'
import { answersWithheld, type Response } from '../../../db/queries/answers/listed-responses.ts'
import { correctionsOf, listedCorrections } from '../../../db/queries/answers/read-corrections.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { ifRefused, refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { returnForm } from '../../rules/answers/answer-form.ts'
import { correctionForm } from '../../rules/answers/correction-form.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { FieldError } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'
import { actBy } from '../consultation.ts'
import { correctedAbout, correctedTurn } from './corrected.ts'
import { type OfResponse, responseAddress, responseAsked, responsePage } from './response.ts'

interface ListedCorrection {
  href: string
  about: string
  turn: string
  cause: string
  by: string
  time: string
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/response-corrections': {
      consultation: Consultation
      waiting: ListedCorrection[]
      made: ListedCorrection[]
      /** Of those that wait only such as one person may approve. */
      isNarrowed: boolean
    }
  }
}

interface OfCorrection {
  Params: { response: string; correction: string }
}

const listed = 200

/**
 * GET /office/:slug/response-corrections?approver=: those that wait for a second person, and those that were made. POST …/responses/
 * :response/corrections proposes what an approved answer is to say instead, …/approval by another person makes it the
 * answer, …/return sends it back, …/removal takes it back; meanwhile the answer in force stays.
 */
export function responseCorrections(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/response-corrections', async (request, reply) => {
    const { consultation } = request
    const places = await clausePlaces(db, consultation.id)
    const approver = field(request.query, 'approver')
    const [waiting, made] = await Promise.all([
      shownList(deps, consultation, { state: 'proposed', approver }, places),
      shownList(deps, consultation, { state: 'approved' }, places),
    ])
    const isNarrowed = approver !== null
    return reply.page('office/answers/response-corrections', { consultation, waiting, made, isNarrowed })
  })

  app.post<OfResponse>('/responses/:response/corrections', async (request, reply) => {
    const { consultation } = request
    const response = await responseAsked(deps, request)
    const { typed, values, errors } = correctionForm(await answersWithheld(db, response.id)).sent(
      request.body,
    )
    const problems = values ? await propose(deps, request, response, values) : { status: 422, errors }
    if (!problems) return reply.redirect(responseAddress(consultation, response), 303)
    const page = await responsePage(deps, request, response)
    const { revision } = problems.status === 409 ? page.typed : typed
    const typing = { ...page.typed, ...typed, revision }
    return reply
      .code(problems.status)
      .page('office/answers/response', { ...page, typed: typing, errors: problems.errors })
  })

  app.post<OfCorrection>('/responses/:response/corrections/:correction/approval', async (request, reply) => {
    const response = await responseAsked(deps, request)
    const correction = await correctionAsked(deps, request, response)
    const act = actBy(request, deps, 'approver')
    if (correction.proposedBy === act.staffId) throw secondPerson()
    await approveCorrection(db, correction, act).catch(movedOn)
    return reply.redirect(responseAddress(request.consultation, response), 303)
  })

  app.post<OfCorrection>('/responses/:response/corrections/:correction/return', async (request, reply) => {
    const response = await responseAsked(deps, request)
    const act = actBy(request, deps, 'approver')
    const { typed, values, errors } = returnForm.sent(request.body)
    if (!values) {
      const page = await responsePage(deps, request, response)
      const typing = { ...page.typed, ...typed }
      return reply.code(422).page('office/answers/response', { ...page, typed: typing, errors })
    }
    const correction = await correctionAsked(deps, request, response)
    await returnCorrection(db, correction, values.note, act).catch(movedOn)
    return reply.redirect(responseAddress(request.consultation, response), 303)
  })

  app.post<OfCorrection>('/responses/:response/corrections/:correction/removal', async (request, reply) => {
    const response = await responseAsked(deps, request)
    const correction = await correctionAsked(deps, request, response)
    await withdrawCorrection(db, correction, actOf(request, deps)).catch(movedOn)
    return reply.redirect(responseAddress(request.consultation, response), 303)
  })
}

/** Proposes it; null where that is done. */
async function propose(
  deps: Dependencies,
  request: FastifyRequest,
  response: Response,
  correction: NewCorrection,
): Promise<{ status: 409 | 422; errors: FieldError[] } | null> {
  const { outcome, reason, summary } = correction
  const isSame = outcome === response.outcome && reason === response.reason && summary === response.summary
  if (isSame) return { status: 422, errors: [{ field: 'reason', message: '与现在的答复相同，没有改动' }] }
  const refused = (message: string) => () => ({
    status: 409 as const,
    errors: [{ field: 'cause', message }],
  })
  const { consultation } = request
  return proposeCorrection(deps.db, consultation.id, response.id, correction, actOf(request, deps))
    .then(() => null)
    .catch(ifRefused('taken', refused('这份答复已经有一份更正在等待批准，请看过再提出')))
    .catch(ifRefused('stale', refused('这份答复刚刚变了，请看过上面现在的文字再提出')))
}

/** The correction of an answer that the address names. @throws PageError 404 */
async function correctionAsked(
  { db }: Dependencies,
  { params }: FastifyRequest<OfCorrection>,
  { id: responseId }: Response,
): Promise<Correction> {
  const found = await correctionsOf(db, responseId)
  const asked = found.find(({ id }) => id === params.correction)
  if (!asked) throw notFound()
  const { before: _, ...correction } = asked
  return correction
}

async function shownList(
  { db }: Dependencies,
  consultation: Consultation,
  meant: { state: 'proposed' | 'approved'; approver?: string | null },
  places: Parameters<typeof correctedAbout>[1],
): Promise<ListedCorrection[]> {
  const found = await listedCorrections(db, consultation.id, { ...meant, limit: listed })
  return found.map((one) => ({
    href: `/office/${consultation.slug}/responses/${one.responseId}`,
    about: correctedAbout(one, places),
    turn: correctedTurn(one),
    cause: one.cause,
    by: one.proposer,
    time: shanghaiMinute(one.decidedAt ?? one.proposedAt),
  }))
}

const movedOn = refusedAs(
  () =>
    new PageError(
      409,
      'correction_moved_on',
      '这份更正的状态刚刚变了',
      '可能有同事先处理了它，或者答复的文字变了。请返回这份答复，看过现在的状态再办理。',
    ),
)

function secondPerson(): PageError {
  return new PageError(403, 'second_person', '不能批准自己提出的更正', '请由另一位审批人员批准。')
}
