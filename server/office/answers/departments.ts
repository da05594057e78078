import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import {
  addDepartment,
  joinDepartment,
  leaveDepartment,
  removeDepartment,
} from '../../../db/queries/answers/departments.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { textProblem, typedText } from '../../rules/typed.ts'
import { type DepartmentsPage, departmentIn, departmentsPageOf } from './departments-page.ts'

/** GET /office/:slug/departments: who answers for which clauses and comments, until when; what is one's own first. */
export function departmentsPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/answers/departments', await departmentsPageOf(deps, request))
}

/** POST /office/:slug/departments */
export function newDepartment(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const name = typedText(request.body, 'name')
    const problem =
      textProblem(name, { name: '单位名称', required: true, most: 60 }) ??
      (await refusal(`已经有“${name}”`, () =>
        addDepartment(deps.db, page.consultation.id, name, memberOf(request).id, deps.now()),
      ))
    return answered(reply, { ...page, typed: { name } }, problem, 'name')
  }
}

/** POST /office/:slug/departments/:department/removal: removes it; its clauses and comments are nobody's. */
export function departmentRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const { id } = departmentIn(page, request)
    await removeDepartment(deps.db, page.consultation.id, id, memberOf(request).id, deps.now())
    return reply.redirect(page.address, 303)
  }
}

/** POST /office/:slug/departments/:department/staff: puts a member of staff into it, by name. */
export function departmentMember(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const { id } = departmentIn(page, request)
    const name = typedText(request.body, 'member')
    const problem =
      textProblem(name, { name: '工作人员姓名', required: true, most: 60 }) ??
      (await refusal(`没有名为“${name}”的工作人员`, () =>
        joinDepartment(deps.db, id, name, memberOf(request).id, deps.now()),
      ))
    return answered(reply, page, problem, `member-${id}`)
  }
}

/** POST /office/:slug/departments/:department/staff/removal */
export function departmentMemberRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await departmentsPageOf(deps, request)
    const { id, members } = departmentIn(page, request)
    const member = members.find(({ staffId }) => staffId === typedText(request.body, 'member'))
    if (!member) throw notFound()
    await leaveDepartment(deps.db, id, member.staffId, memberOf(request).id, deps.now())
    return reply.redirect(page.address, 303)
  }
}

async function refusal(message: string, work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof Refused) return message
    throw error
  }
}

/** Back to the page; with what is wrong, where something is. */
export function answered(
  reply: FastifyReply,
  page: DepartmentsPage,
  problem: string | null,
  field: string,
): FastifyReply | Promise<FastifyReply> {
  if (!problem) return reply.redirect(page.address, 303)
  return reply
    .code(422)
    .page('office/answers/departments', { ...page, errors: [{ field, message: problem }] })
}
