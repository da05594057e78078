import type { FastifyInstance } from 'fastify'
import { openRequests } from '../../../db/queries/departments/department-requests.ts'
import { decideRequest } from '../../../db/queries/departments/request-decisions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { decisionForm } from '../../rules/departments/reply-forms.ts'
import { departmentsAddress } from './departments.ts'

/** POST /office/:slug/departments/requests/:request: what a department gives back, or wants more time for, is granted or not. */
export function departmentRequests(app: FastifyInstance, deps: Dependencies): void {
  app.post<{ Params: { request: string } }>('/departments/requests/:request', async (request, reply) => {
    const { consultation, params } = request
    const open = await openRequests(deps.db, consultation.id)
    const asked = open.find(({ id }) => id === params.request)
    const { values } = decisionForm.sent(request.body)
    if (!asked || !values) throw notFound()
    await decideRequest(deps.db, consultation.id, asked, values.decision, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })
}
