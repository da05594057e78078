import type { FastifyRequest } from 'fastify'
import {
  type Assignment,
  assignmentsOf,
  departmentsOfStaff,
} from '../../../db/queries/answers/clause-departments.ts'
import { type GivenComments, givenComments } from '../../../db/queries/answers/comment-departments.ts'
import { departmentMembers, departmentsOf } from '../../../db/queries/answers/departments.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { memberOf } from '../../plugins/roles.ts'
import { admittedStates } from '../../rules/answers/responses.ts'
import { shanghaiDay } from '../../rules/days.ts'
import type { FieldError } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { consultationOf, mayWrite } from '../consultation.ts'

interface ShownAssignment {
  clause: string
  clauseName: string
  dueOn: string | null
  /** Admitted comments of the clause without an approved answer. */
  open: number
  overdue: boolean
  reading: string
}

export interface ShownDepartment {
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

/** What the page of the departments shows. */
export async function departmentsPageOf(
  { db, now }: Dependencies,
  request: FastifyRequest,
): Promise<DepartmentsPage> {
  const consultation = consultationOf(request)
  const { id, slug } = consultation
  const today = shanghaiDay(now())
  const [departments, assignments, given, members, mine, clauses, open] = await Promise.all([
    departmentsOf(db, id),
    assignmentsOf(db, id),
    givenComments(db, id, today),
    departmentMembers(db, id),
    departmentsOfStaff(db, id, memberOf(request).id),
    orderedClauses(db, id),
    openByClause({ db }, id),
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
    address: `/office/${slug}/departments`,
    departments: shown.sort((a, b) => Number(b.isMine) - Number(a.isMine)),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => ({ key, name })),
    typed: { name: '' },
    errors: [],
  }
}

function shownAssignment(
  { clause, dueOn, departmentId }: Assignment,
  clauses: OrderedClause[],
  open: Map<string, number>,
  slug: string,
  today: string,
): ShownAssignment {
  const left = open.get(clause) ?? 0
  return {
    clause,
    clauseName: clauses.find(({ key }) => key === clause)?.name ?? clause,
    dueOn,
    open: left,
    overdue: left > 0 && dueOn !== null && dueOn < today,
    reading: readingAddress(slug, { clause, department: departmentId, answered: 'no' }),
  }
}

/** How many admitted comments of each clause have no approved answer. */
async function openByClause(
  { db }: Pick<Dependencies, 'db'>,
  consultationId: string,
): Promise<Map<string, number>> {
  const [cells, answers] = await Promise.all([
    countCells(db, consultationId),
    answeredCells(db, consultationId),
  ])
  const admitted: readonly string[] = admittedStates
  const open = new Map<string, number>()
  const add = (clause: string, by: number) => open.set(clause, (open.get(clause) ?? 0) + by)
  for (const { clause, state, count } of cells) if (admitted.includes(state)) add(clause, count)
  for (const { clause, count } of answers) add(clause, -count)
  return open
}

/** The department that the address names. @throws PageError 404 */
export function departmentIn(page: DepartmentsPage, request: FastifyRequest): ShownDepartment {
  const id: unknown = Reflect.get(Object(request.params), 'department')
  const department = page.departments.find((one) => one.id === id)
  if (!department) throw notFound()
  return department
}
