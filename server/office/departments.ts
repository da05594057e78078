import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import type { Consultation } from '../../db/queries/consultations.ts'
import {
  addDepartment,
  assignClauses,
  assignmentsOf,
  assignmentsOfStaff,
  departmentsOf,
  joinDepartment,
  unassignClause,
} from '../../db/queries/departments.ts'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { memberOf } from '../plugins/roles.ts'
import { isDay } from '../rules/days.ts'
import { shanghaiDay } from '../rules/shanghai.ts'
import { type FieldError, textProblem, typedText } from '../rules/typed.ts'
import { consultationOf } from './consultation.ts'

interface ShownAssignment {
  clause: string
  clauseName: string
  dueOn: string | null
  overdue: boolean
  reading: string
}

interface DepartmentsPage {
  consultation: Consultation
  address: string
  departments: { id: string; name: string; assignments: ShownAssignment[] }[]
  mine: ShownAssignment[]
  clauses: { key: string; name: string }[]
  typed: { name: string }
  errors: FieldError[]
}

declare module '../plugins/views.ts' {
  interface Views {
    'office/departments': DepartmentsPage
  }
}

/** GET /office/:slug/departments: who answers for which clause, until when; what is one's own first. */
export function departmentsPage(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.page('office/departments', await pageOf(deps, request))
}

/** POST /office/:slug/departments */
export function newDepartment(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const name = typedText(request.body, 'name')
    const problem =
      textProblem(name, { name: '单位名称', required: true, most: 60 }) ??
      (await refusal(`已经有“${name}”`, () =>
        addDepartment(deps.db, page.consultation.id, name, memberOf(request).id, deps.now()),
      ))
    return answer(reply, page, { name }, problem, 'name')
  }
}

/** POST /office/:slug/departments/:department/clauses: gives it clauses, until a day. */
export function departmentClauses(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const department = departmentIn(page, request)
    const due = typedText(request.body, 'due_on')
    const clauses = ticked(request.body).filter((key) => page.clauses.some((clause) => clause.key === key))
    const problem =
      clauses.length === 0
        ? '请勾选条款'
        : due !== '' && !isDay(due)
          ? '请按 2026-12-31 的样子填写期限'
          : null
    if (!problem) {
      const member = memberOf(request)
      await assignClauses(
        deps.db,
        page.consultation.id,
        department.id,
        clauses,
        due || null,
        member.id,
        deps.now(),
      )
    }
    return answer(reply, page, page.typed, problem, `clauses-${department.id}`)
  }
}

/** POST /office/:slug/departments/:department/removal: takes a clause away from it. */
export function departmentRemoval(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const department = departmentIn(page, request)
    await unassignClause(deps.db, department.id, typedText(request.body, 'clause'))
    return reply.redirect(page.address, 303)
  }
}

/** POST /office/:slug/departments/:department/staff: puts a member of staff into it, by name. */
export function departmentMember(deps: Dependencies) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const page = await pageOf(deps, request)
    const department = departmentIn(page, request)
    const name = typedText(request.body, 'member')
    const problem =
      textProblem(name, { name: '工作人员姓名', required: true, most: 60 }) ??
      (await refusal(`没有名为“${name}”的工作人员`, () => joinDepartment(deps.db, department.id, name)))
    return answer(reply, page, page.typed, problem, `member-${department.id}`)
  }
}

function ticked(form: unknown): string[] {
  const value: unknown = Reflect.get(Object(form), 'clause')
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((key) => typeof key === 'string')
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

function answer(
  reply: FastifyReply,
  page: DepartmentsPage,
  typed: DepartmentsPage['typed'],
  problem: string | null,
  field: string,
): FastifyReply | Promise<FastifyReply> {
  if (!problem) return reply.redirect(page.address, 303)
  return reply.code(422).page('office/departments', { ...page, typed, errors: [{ field, message: problem }] })
}

function departmentIn(page: DepartmentsPage, request: FastifyRequest) {
  const id: unknown = Reflect.get(Object(request.params), 'department')
  const department = page.departments.find((one) => one.id === id)
  if (!department) throw notFound()
  return department
}

async function pageOf({ db, now }: Dependencies, request: FastifyRequest): Promise<DepartmentsPage> {
  const consultation = consultationOf(request)
  const { id, slug } = consultation
  const [departments, assignments, mine, clauses] = await Promise.all([
    departmentsOf(db, id),
    assignmentsOf(db, id),
    assignmentsOfStaff(db, id, memberOf(request).id),
    orderedClauses(db, id),
  ])
  const today = shanghaiDay(now())
  const shown = ({ clause, dueOn }: (typeof assignments)[number]): ShownAssignment => ({
    clause,
    clauseName: clauses.find(({ key }) => key === clause)?.name ?? clause,
    dueOn,
    overdue: dueOn !== null && dueOn < today,
    reading: `/office/${slug}/comments?clause=${clause}&answered=no`,
  })
  return {
    consultation,
    address: `/office/${slug}/departments`,
    departments: departments.map((department) => ({
      ...department,
      assignments: assignments.filter(({ departmentId }) => departmentId === department.id).map(shown),
    })),
    mine: mine.map(shown),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: '' },
    errors: [],
  }
}
