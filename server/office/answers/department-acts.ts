import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { assignClauses, unassignClause } from '../../../db/queries/answers/clause-departments.ts'
import { assignComments, unassignComments } from '../../../db/queries/answers/comment-departments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound, PageError } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { isDay } from '../../rules/days.ts'
import { isUnstorable, typedText } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { consultationOf } from '../consultation.ts'
import { answered } from './departments.ts'
import { departmentIn, departmentsPageOf } from './departments-page.ts'
import { nothingPicked, pickedComments } from './response-target.ts'

/** POST /office/:slug/departments/:department/clauses: gives it clauses, until a day. */
export function departmentClauses(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const { id } = departmentIn(page, request)
    const due = typedText(request.body, 'due_on')
    const clauses = ticked(request.body).filter((key) => page.clauses.some((clause) => clause.key === key))
    const problem = clauses.length === 0 ? '请勾选条款' : dueProblem(due)
    if (!problem) {
      const { id: staffId } = memberOf(request)
      await assignClauses(deps.db, page.consultation.id, id, clauses, due || null, staffId, deps.now())
    }
    return answered(reply, page, problem, `clauses-${id}`)
  }
}

/** POST /office/:slug/departments/:department/clauses/removal: takes a clause away from it. */
export function departmentClauseRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const { id, assignments } = departmentIn(page, request)
    const clause = typedText(request.body, 'clause')
    if (!assignments.some((one) => one.clause === clause)) throw notFound()
    await unassignClause(deps.db, id, clause, memberOf(request).id, deps.now())
    return reply.redirect(page.address, 303)
  }
}

/** POST /office/:slug/departments/comments: gives the comments that were ticked in the reading to a department. */
export function departmentComments({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id, slug } = consultationOf(request)
    const [department, due] = [typedText(request.body, 'department'), typedText(request.body, 'due_on')]
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    if (isUnstorable(department)) throw notFound()
    const problem = dueProblem(due)
    if (problem)
      throw new PageError(422, 'wrong_day', problem, '请返回逐条阅读，改正期限后再交办；勾选仍在。')
    try {
      await assignComments(db, id, department, picked, due || null, memberOf(request).id, now())
    } catch (error) {
      throw error instanceof Refused ? notFound() : error
    }
    return reply.redirect(readingAddress(slug, { department }), 303)
  }
}

/** POST /office/:slug/departments/comments/removal: the ticked comments go by their clauses' departments again. */
export function departmentCommentsRemoval({ db, now }: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id, slug } = consultationOf(request)
    const picked = pickedComments(request.body)
    if (picked.length === 0) throw nothingPicked()
    await unassignComments(db, id, picked, memberOf(request).id, now())
    return reply.redirect(`/office/${slug}/departments`, 303)
  }
}

function dueProblem(due: string): string | null {
  return due === '' || isDay(due) ? null : '请按 2026-12-31 的样子填写期限'
}

function ticked(form: unknown): string[] {
  const value: unknown = Reflect.get(Object(form), 'clause')
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((key) => typeof key === 'string')
}
