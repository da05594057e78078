import type { FastifyInstance, FastifyRequest } from 'fastify'
import { closeDepartment, reopenDepartment } from '../../../db/queries/departments/department-closing.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { typedText } from '../../rules/typed.ts'
import { notNow } from '../conflicts.ts'
import { departmentsAddress } from './departments.ts'

interface OfDepartment {
  Params: { department: string }
}

/**
 * POST /office/:slug/departments/:department/closing: it answers no more, and what it has not confirmed is another's, or its
 * clauses'; …/closing/removal: it answers again.
 */
export function departmentClosings(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps
  const at = '/departments/:department/closing'

  app.post<OfDepartment>(at, async (request, reply) => {
    const { consultation } = request
    const { department, others } = await asked(deps, request)
    const into = typedText(request.body, 'into')
    if (into !== '' && !others.some(({ id }) => id === into)) throw notNow(successorGone)
    await closeDepartment(db, department, into || null, actOf(request, deps)).catch(refusedAs(changed))
    return reply.redirect(departmentsAddress(consultation), 303)
  })

  app.post<OfDepartment>(`${at}/removal`, async (request, reply) => {
    const { consultation } = request
    const { department } = await asked(deps, request)
    await reopenDepartment(db, department, actOf(request, deps)).catch(refusedAs(changed))
    return reply.redirect(departmentsAddress(consultation), 303)
  })
}

/** The department that the address names, and those that could go on with its work. @throws PageError 404 */
async function asked({ db }: Dependencies, { consultation, params }: FastifyRequest<OfDepartment>) {
  const departments = await departmentsOf(db, consultation.id)
  if (!departments.some(({ id }) => id === params.department)) throw notFound()
  return {
    department: { consultationId: consultation.id, departmentId: params.department },
    others: departments.filter(({ id, closedAt }) => id !== params.department && closedAt === null),
  }
}

const successorGone = '接着办理的单位不在了，或者也已结束办理。请返回责任单位，看过现在的样子再选。'

const changed = () => notNow('这个单位刚刚有变化，可能有同事已经办过。请返回责任单位，看过现在的样子再办。')
