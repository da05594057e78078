import type { FastifyInstance } from 'fastify'
import { type AnswerTarget, answerable, campaignOf } from '../../../db/queries/answers/answer-targets.ts'
import { findResponse } from '../../../db/queries/answers/listed-responses.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { type ResponseTemplate, responseTemplatesOf } from '../../../db/queries/answers/response-templates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { findConcern } from '../../../db/queries/points/concerns.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { answerForm, type TypedAnswer } from '../../rules/answers/answer-form.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { wholeDraft } from '../../rules/names.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'
import { type DepartmentsSay, departmentsSay } from '../departments/departments-say.ts'
import { type AnsweringContext, answeringContext } from './answering-context.ts'
import { meansAll, nothingPicked, targetFields, targetOf } from './response-target.ts'

interface AnswerForm {
  consultation: Consultation
  action: string
  fields: { name: string; value: string }[]
  reached: { count: number; withheld: number }
  /** They are points that were picked or gathered, and not comments. */
  isOfPoints: boolean
  /** The points, the clauses that they are about, and what was answered to such before. */
  context: AnsweringContext
  /** It answers a campaign whole, so that copies which are admitted later come under it too. */
  isCampaign: boolean
  /** It is for a reading, from which letters that wait to be parted are left out. */
  sweeps: boolean
  templates: ResponseTemplate[]
  departments: DepartmentsSay
  outcomes: [string, string][]
  typed: TypedAnswer
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/response-form': AnswerForm
  }
}

/**
 * /office/:slug/responses/new: what would be answered, and the form. It begins as another answer with ?like=; by POST it is
 * for the comments that were ticked, or filled in from a template, a department's reply or an earlier answer, and nothing is stored. POST /office/:slug/responses
 * drafts one answer to all of them.
 */
export function responseForm(app: FastifyInstance, deps: Dependencies): void {
  app.get('/responses/new', async (request, reply) => {
    const { consultation } = request
    const asking = await asked(deps, consultation, request.query)
    const form = await formFor(deps, consultation, asking, await reachedBy(deps, consultation, asking.target))
    const model = await findResponse(deps.db, consultation.id, field(request.query, 'like') ?? '')
    const typed = model ? answerForm(false).given(model) : form.typed
    return reply.page('office/answers/response-form', { ...form, typed })
  })

  app.post('/responses/new', async (request, reply) => {
    const { consultation } = request
    const asking = await asked(deps, consultation, request.body)
    const { target } = asking
    if (target.kind === 'reading' && !meansAll(request.body)) throw nothingPicked()
    const form = await formFor(deps, consultation, asking, await reachedBy(deps, consultation, target))
    const typed = answerForm(false).typed(request.body)
    const template = form.templates.find(({ id }) => id === typedText(request.body, 'template'))
    const proposed = form.departments.replies.find(({ id }) => id === typedText(request.body, 'reply'))
    const earlier = form.context.earlier.find(({ id }) => id === typedText(request.body, 'earlier'))
    const { outcome, reason } = proposed ?? earlier ?? template ?? typed
    return reply.page('office/answers/response-form', { ...form, typed: { ...typed, outcome, reason } })
  })

  app.post('/responses', async (request, reply) => {
    const { consultation } = request
    const asking = await asked(deps, consultation, request.body)
    const { target } = asking
    const reached = await reachedBy(deps, consultation, target)
    const { typed, values, errors } = answerForm(reached.withheld > 0).sent(request.body)
    if (!values) {
      const page = await formFor(deps, consultation, asking, reached)
      return reply.code(422).page('office/answers/response-form', { ...page, typed, errors })
    }
    const id = await draftResponse(deps.db, consultation.id, target, values, actOf(request, deps)).catch(
      refusedAs(nothingToAnswer),
    )
    return reply.redirect(`/office/${consultation.slug}/responses/${id}`, 303)
  })
}

/** What is to be answered, and the clauses on which anything may stand. */
interface Asking {
  target: AnswerTarget
  clauses: OrderedClause[]
}

async function asked({ db }: Dependencies, { id }: Consultation, form: unknown): Promise<Asking> {
  const clauses = await orderedClauses(db, id)
  return { target: targetOf(form, [{ key: wholeDraft }, ...clauses]), clauses }
}

async function formFor(
  { db }: Dependencies,
  consultation: Consultation,
  { target, clauses }: Asking,
  reached: AnswerForm['reached'],
): Promise<AnswerForm> {
  const concern = target.kind === 'concern' ? await findConcern(db, consultation.id, target.id) : null
  return {
    consultation,
    action: `/office/${consultation.slug}/responses`,
    fields: targetFields(target),
    reached,
    isOfPoints: target.kind === 'points' || target.kind === 'concern',
    context: await answeringContext({ db }, consultation, clauses, target, concern),
    isCampaign: campaignOf(target) !== null,
    sweeps: target.kind === 'reading',
    templates: await responseTemplatesOf(db, consultation.id),
    departments: await departmentsSay(db, consultation, target),
    outcomes: Object.entries(outcomeNames),
    // A concern is answered under its own sentence.
    typed: { ...answerForm(false).blank, summary: concern?.sentence ?? '' },
    errors: [],
  }
}

/** @throws PageError 409 where no comment is left to answer */
async function reachedBy({ db }: Dependencies, { id }: Consultation, target: AnswerTarget) {
  const reached = await answerable(db, id, target)
  if (reached.count === 0) throw nothingToAnswer()
  return reached
}

function nothingToAnswer(): PageError {
  return new PageError(
    409,
    'nothing_to_answer',
    '这些意见都不用再答复',
    '它们已经有了答复，或者还没有纳入研究。请回到逐条阅读，按“未答复”筛选。',
  )
}
