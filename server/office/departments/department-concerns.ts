import type { FastifyInstance } from 'fastify'
import { giveConcerns } from '../../../db/queries/departments/given-concerns.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { nothingPicked, pickedConcerns } from '../answers/response-target.ts'
import { concernsAddress } from '../points/narrowed-concerns.ts'
import { givingIn } from './giving.ts'

/** POST /office/:slug/departments/concerns: the concerns that were ticked are a department's, or their clauses' again. */
export function departmentConcerns(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/departments/concerns', async (request, reply) => {
    const { consultation } = request
    const picked = pickedConcerns(request.body)
    if (picked.length === 0) throw nothingPicked()
    const { departmentId, dueOn } = await givingIn(db, request.body)
    const to = { consultationId: consultation.id, departmentId, dueOn }
    await giveConcerns(db, to, picked, actOf(request, deps))
    return reply.redirect(concernsAddress(consultation, { department: departmentId }), 303)
  })
}
