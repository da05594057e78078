import type { FastifyInstance } from 'fastify'
import { answerDifference, askToSign } from '../../../db/queries/departments/cosignatures.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { findConcern } from '../../../db/queries/points/concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { differenceForm } from '../../rules/departments/reply-forms.ts'
import { typedText, typedTick, typedTicks } from '../../rules/typed.ts'

interface OfConcern {
  Params: { concern: string }
}

/**
 * POST /office/:slug/concerns/:concern/cosignatures: asks the departments that were ticked to sign; …/difference: what the
 * office holds against one that differs, and whether that was settled.
 */
export function cosignatures(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps
  const at = '/concerns/:concern/cosignatures'

  app.post<OfConcern>(at, async (request, reply) => {
    const { consultation, params } = request
    const departments = await departmentsOf(db, consultation.id)
    const ticked = typedTicks(request.body, 'department')
    const departmentIds = departments.flatMap(({ id }) => (ticked.includes(id) ? [id] : []))
    if (departmentIds.length === 0) throw unsaid('还没有勾选会签单位', '请返回归并意见，勾选要会签的单位。')
    const asking = { concernId: params.concern, departmentIds }
    await askToSign(db, consultation.id, asking, actOf(request, deps))
    return reply.redirect(addressOf(consultation.slug, params.concern), 303)
  })

  app.post<OfConcern>(`${at}/difference`, async (request, reply) => {
    const { consultation, params } = request
    if (!(await findConcern(db, consultation.id, params.concern))) throw notFound()
    const { values, errors } = differenceForm.sent(request.body)
    if (!values) throw unsaid(errors[0]?.message ?? '', '请返回归并意见，写明起草单位意见后再保存。')
    const signing = { concernId: params.concern, departmentId: typedText(request.body, 'department') }
    const said = { ...values, resolved: typedTick(request.body, 'resolved') }
    await answerDifference(db, signing, said, actOf(request, deps))
    return reply.redirect(addressOf(consultation.slug, params.concern), 303)
  })
}

function addressOf(slug: string, concern: string): string {
  return `/office/${slug}/concerns/${concern}#cosignatures`
}

function unsaid(title: string, advice: string): PageError {
  return new PageError(422, 'unsaid', title, advice)
}
