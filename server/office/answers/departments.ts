import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../../db/open.ts'
import { assignmentsOf, departmentsOfStaff } from '../../../db/queries/answers/clause-departments.ts'
import { type GivenComments, givenComments } from '../../../db/queries/answers/comment-departments.ts'
import { addDepartment, departmentMembers, departmentsOf } from '../../../db/queries/answers/departments.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { memberOf } from '../../plugins/roles.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { openByClause, type ShownAssignment, shownAssignment } from './shown-assignment.ts'

interface ShownDepartment {
  id: string
  name: string
  isMine: boolean
  assignments: ShownAssignment[]
  /** What it was given comment by comment; null where nothing. */
  given: Omit<GivenComments, 'departmentId'> | null
  members: { staffId: string; name: string }[]
  /** All that it answers for and has not answered. */
  reading: string
}

export interface DepartmentsPage {
  consultation: Consultation
  address: string
  departments: ShownDepartment[]
  mayWrite: boolean
  clauses: { key: string; name: string }[]
  typed: { name: string }
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/answers/departments': DepartmentsPage
  }
}

/** /office/:slug/departments: who answers for which clauses and comments, until when; what is one's own first. */
export function departments(app: FastifyInstance, deps: Dependencies): void {
  app.get('/departments', async (request, reply) =>
    reply.page('office/answers/departments', await departmentsPage(deps, request)),
  )

  app.post('/departments', async (request, reply) => {
    const { consultation } = request
    const name = typedText(request.body, 'name')
    const problem =
      textProblem(name, { name: '单位名称', required: true, most: 60 }) ??
      (await refusal(`已经有“${name}”`, () =>
        addDepartment(deps.db, consultation.id, name, memberOf(request).id, deps.now()),
      ))
    return answered(deps, request, reply, problem, 'name', { name })
  })
}

/** What keeps something from being stored that the database refuses. */
export async function refusal(message: string, work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof Refused) return message
    throw error
  }
}

/** Back to the page; with what is wrong, where something is. */
export async function answered(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string | null,
  field: string,
  typed: DepartmentsPage['typed'] = { name: '' },
): Promise<FastifyReply> {
  if (!problem) return reply.redirect(departmentsAddress(request.consultation), 303)
  const page = { ...(await departmentsPage(deps, request)), typed }
  return reply
    .code(422)
    .page('office/answers/departments', { ...page, errors: [{ field, message: problem }] })
}

export function departmentsAddress({ slug }: Consultation): string {
  return `/office/${slug}/departments`
}

/** What the page of the departments shows. */
async function departmentsPage({ db, now }: Dependencies, request: FastifyRequest): Promise<DepartmentsPage> {
  const { consultation } = request
  const { id, slug } = consultation
  const today = shanghaiDay(now())
  const [departments, assignments, given, members, mine, clauses, open] = await Promise.all([
    departmentsOf(db, id),
    assignmentsOf(db, id),
    givenComments(db, id, today),
    departmentMembers(db, id),
    departmentsOfStaff(db, id, memberOf(request).id),
    orderedClauses(db, id),
    openByClause(db, id),
  ])
  const of = <Row extends { departmentId: string }>(rows: Row[], department: string) =>
    rows.filter(({ departmentId }) => departmentId === department)
  const shown = departments.map((department) => ({
    ...department,
    isMine: mine.includes(department.id),
    assignments: of(assignments, department.id).map((one) =>
      shownAssignment(one, clauses, open, slug, today),
    ),
    given: of(given, department.id)[0] ?? null,
    members: of(members, department.id),
    reading: readingAddress(slug, { department: department.id, answered: 'no' }),
  }))
  return {
    consultation,
    address: departmentsAddress(consultation),
    departments: shown.sort((a, b) => Number(b.isMine) - Number(a.isMine)),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: '' },
    errors: [],
  }
}
