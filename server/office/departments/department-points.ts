import type { FastifyInstance } from 'fastify'
import { countGathered, givePoints } from '../../../db/queries/departments/given-points.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { typedText } from '../../rules/typed.ts'
import { pickedComments, pickedPoints } from '../answers/response-target.ts'
import { nothingPicked } from '../points/concerns.ts'
import { pointsAddress } from '../points/points-address.ts'
import { givingIn } from './giving.ts'

/** POST /office/:slug/departments/points: the points that were ticked are a department's, or their clauses' again. */
export function departmentPoints(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.post('/departments/points', async (request, reply) => {
    const { id: consultationId, slug } = request.consultation
    const given = { points: pickedPoints(request.body), comments: pickedComments(request.body) }
    if (given.points.length + given.comments.length === 0) throw nothingPicked()
    const gathered = await countGathered(db, consultationId, given.points)
    if (gathered > 0) throw theirConcerns(gathered)
    const { departmentId, dueOn } = await givingIn(db, request.body)
    const to = { consultationId, departmentId, dueOn }
    await givePoints(db, to, given, actOf(request, deps))
    const clause = typedText(request.body, 'clause') || null
    const list = pointsAddress(slug, { clause, concern: 'none', answered: 'no' })
    return reply.redirect(
      departmentId === null ? list : pointsAddress(slug, { department: departmentId }),
      303,
    )
  })
}

function theirConcerns(count: number): PageError {
  return new PageError(
    422,
    'in_concerns',
    '没有交办：有的已经归并',
    `勾选的具体意见里有 ${count} 条已经归并，由归并意见的责任单位一并答复：请打开归并意见，在“修改归并意见”里选责任单位。其余的请返回上一页，去掉这几条再交办，勾选仍在。`,
  )
}
