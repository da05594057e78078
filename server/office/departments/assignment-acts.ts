import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sign } from '../../../db/queries/departments/cosignatures.ts'
import {
  type DepartmentReply,
  findReply,
  type RepliedThing,
} from '../../../db/queries/departments/department-replies.ts'
import { makeRequest } from '../../../db/queries/departments/department-requests.ts'
import { sendReplyBack } from '../../../db/queries/departments/reply-confirmation.ts'
import { submitReply, writeReply } from '../../../db/queries/departments/reply-drafts.ts'
import { doneUnless } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { shanghaiDay } from '../../rules/days.ts'
import {
  extensionForm,
  handBackForm,
  positionForm,
  replyForm,
  sentBackForm,
} from '../../rules/departments/reply-forms.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { type AssignmentPage, assignmentPage, type OfAssignment } from './assignment.ts'

const at = '/assignments/:department/:assignment'

/**
 * POST /office/:slug/assignments/:department/:assignment/reply: what the department answers, which `submit` puts before its
 * head, too; …/return: the head sends it back; …/position: 会签; …/hand-back and …/extension: what it asks of the office.
 */
export function assignmentActs(app: FastifyInstance, deps: Dependencies): void {
  const { db, now } = deps

  app.post<OfAssignment>(`${at}/reply`, async (request, reply) => {
    const thing = answered(request)
    const { typed, values, errors } = replyForm.sent(request.body)
    if (!values) return shown(deps, request, reply, { typed, errors })
    const seen = Number(typedText(request.body, 'revision')) || 0
    const act = actOf(request, deps)
    const isWritten = await doneUnless('stale', writeReply(db, thing, { ...values, seen }, act))
    if (!isWritten) return shown(deps, request, reply, { typed, errors: [overtaken] }, 409)
    if (typedText(request.body, 'submit') === 'yes') {
      const written = await findReply(db, thing.departmentId, thing)
      if (written) await submitReply(db, written, act)
    }
    return back(request, reply)
  })

  app.post<OfAssignment>(`${at}/reply/return`, async (request, reply) => {
    const kept = await replyAsked(deps, request)
    const { typed, values, errors } = sentBackForm.sent(request.body)
    if (!values) return shown(deps, request, reply, { typed, errors }, 422, kept)
    await sendReplyBack(db, kept, values.sendBack, actOf(request, deps))
    return back(request, reply)
  })

  app.post<OfAssignment>(`${at}/position`, async (request, reply) => {
    const { department, assignment } = request.own
    if (assignment.kind !== 'concern') throw notFound()
    const { typed, values, errors } = positionForm.sent(request.body)
    if (!values) return shown(deps, request, reply, { typed, errors })
    const signing = { concernId: assignment.target, departmentId: department.id }
    await sign(db, signing, values, actOf(request, deps))
    return back(request, reply)
  })

  app.post<OfAssignment>(`${at}/hand-back`, async (request, reply) => {
    const { typed, values, errors } = handBackForm.sent(request.body)
    if (!values) return shown(deps, request, reply, { typed, errors })
    const asking = { asks: 'return', unit: values.unit, dueOn: null, reason: values.why } as const
    await makeRequest(db, answered(request), asking, actOf(request, deps))
    return back(request, reply)
  })

  app.post<OfAssignment>(`${at}/extension`, async (request, reply) => {
    const { typed, values, errors } = extensionForm(shanghaiDay(now())).sent(request.body)
    if (!values) return shown(deps, request, reply, { typed, errors })
    const { until, because } = values
    const asking = { asks: 'extension', unit: null, dueOn: until, reason: because } as const
    await makeRequest(db, answered(request), asking, actOf(request, deps))
    return back(request, reply)
  })
}

const overtaken = {
  field: 'reason',
  message: '您填写期间，本单位已有人改过这份答复意见。请对照上面现在的内容，改好后再保存。',
}

/** What the address names, where it is the department's to answer. @throws PageError 404 */
function answered({ consultation, own }: FastifyRequest): RepliedThing {
  const { department, assignment, answers } = own
  if (!answers) throw notFound()
  const { kind, target } = assignment
  return { consultationId: consultation.id, departmentId: department.id, kind, target }
}

/** The department's reply to what the address names. @throws PageError 404 */
export async function replyAsked({ db }: Dependencies, request: FastifyRequest): Promise<DepartmentReply> {
  const kept = await findReply(db, request.own.department.id, answered(request))
  if (!kept) throw notFound()
  return kept
}

/** The page with what was typed, and what is wrong with it. */
export async function shown(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  { typed, errors }: { typed: Partial<AssignmentPage['typed']>; errors: FieldError[] },
  code = 422,
  known?: DepartmentReply,
): Promise<FastifyReply> {
  const page = await assignmentPage(deps, request, known)
  return reply
    .code(code)
    .page('office/departments/assignment', { ...page, typed: { ...page.typed, ...typed }, errors })
}

export function back({ consultation, own }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { department, assignment } = own
  const key = `${assignment.kind}.${assignment.target}`
  return reply.redirect(`/office/${consultation.slug}/assignments/${department.id}/${key}`, 303)
}
