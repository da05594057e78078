import type { FastifyInstance } from 'fastify'
import { assignComments, unassignComments } from '../../../db/queries/departments/comment-departments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { nothingPicked, pickedComments } from '../answers/response-target.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { departmentsAddress } from './departments.ts'
import { givingIn } from './giving.ts'

/** POST /office/:slug/departments/comments: the comments that were ticked in the reading are a department's, or no more. */
export function departmentComments(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/departments/comments', async (request, reply) => {
    const { id: consultationId, slug } = request.consultation
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    const { departmentId, dueOn } = await givingIn(db, request.body)
    if (departmentId === null) throw notFound()
    const to = { consultationId, departmentId }
    await assignComments(db, to, { publicIds: picked, dueOn }, actOf(request, deps))
    return reply.redirect(readingAddress(slug, { department: departmentId }), 303)
  })

  app.post('/departments/comments/removal', async (request, reply) => {
    const { consultation } = request
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    await unassignComments(db, consultation.id, picked, actOf(request, deps))
    return reply.redirect(departmentsAddress(consultation), 303)
  })
}
