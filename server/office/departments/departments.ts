import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignmentsOf } from '../../../db/queries/departments/clause-departments.ts'
import { departmentsThatSaid } from '../../../db/queries/departments/department-closing.ts'
import { departmentMembers } from '../../../db/queries/departments/department-members.ts'
import { givenPoints } from '../../../db/queries/departments/department-points.ts'
import { openRequests } from '../../../db/queries/departments/department-requests.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import { type GivenCount, givenCounts } from '../../../db/queries/departments/given-counts.ts'
import { remindersOf } from '../../../db/queries/departments/reminders.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import { assignmentKinds } from '../../rules/departments/assignments.ts'
import { assignmentForm, departmentForm, memberForm } from '../../rules/departments/department-forms.ts'
import type { TypedIn } from '../../rules/form.ts'
import { errorsOf, type RefusedForm, type StandingForm, standing } from '../../rules/standing-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { readingAddress } from '../comments/reading-address.ts'
import { unlessTaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'
import { clausePoints, departmentPoints, sum } from '../points/counted-points.ts'
import { pointsAddress } from '../points/points-address.ts'
import { openNow, openOf } from './open-by-department.ts'
import { type ShownAssignment, shownAssignment } from './shown-assignment.ts'
import { type ShownRequest, shownRequest } from './shown-request.ts'

interface ShownDepartment {
  id: string
  name: string
  assignments: ShownAssignment[]
  /** What it was given by itself, kind by kind. */
  given: (Omit<GivenCount, 'departmentId' | 'kind'> & { name: string })[]
  /** What it confirmed or signed is kept, and so is it. */
  isKept: boolean
  /** When it was reminded, by whom, and of how many comments; the last time first. */
  reminders: { time: string; by: string; unanswered: number }[]
  members: { staffId: string; name: string; isHead: boolean }[]
  /** Its staff see who sent what it answers. */
  opensNames: boolean
  assigning: StandingForm
  joining: StandingForm
  /** All that it answers for and nobody has answered, with approval. */
  open: number
  reading: string
  /** 具体意见 that are its to answer, answered ones too, and where they are listed. */
  points: { count: number; href: string }
}

interface DepartmentsPage {
  consultation: Consultation
  address: string
  departments: ShownDepartment[]
  /** Those that answer no more, and since when; with all that is theirs to answer by itself. */
  closed: { id: string; name: string; at: string; points: ShownDepartment['points'] }[]
  /** What they ask and nobody has decided. */
  requests: ShownRequest[]
  mayWrite: boolean
  clauses: [key: string, name: string][]
  typed: TypedIn<typeof departmentForm>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/departments/departments': DepartmentsPage
  }
}

/** /office/:slug/departments: who answers for which clauses and comments, until when. */
export function departments(app: FastifyInstance, deps: Dependencies): void {
  app.get('/departments', async (request, reply) =>
    reply.page('office/departments/departments', await departmentsPage(deps, request)),
  )

  app.post('/departments', async (request, reply) => {
    const { consultation } = request
    const { typed, values, errors } = departmentForm.sent(request.body)
    const wrong = values
      ? await unlessTaken(addDepartment(deps.db, consultation.id, values.name, actOf(request, deps)), {
          field: 'name',
          message: `已经有“${values.name}”`,
        })
      : errors
    if (wrong.length === 0) return reply.redirect(departmentsAddress(consultation), 303)
    const page = await departmentsPage(deps, request)
    return reply.code(422).page('office/departments/departments', { ...page, typed, errors: wrong })
  })
}

export function departmentsAddress({ slug }: Consultation): string {
  return `/office/${slug}/departments`
}

/** What a request has read of the departments' page. */
interface Known {
  departments: Awaited<ReturnType<typeof departmentsOf>>
  clauses: OrderedClause[]
}

/** What the page of the departments shows. @param refused a form of one of them, called as its part of the page is */
export async function departmentsPage(
  { db, now }: Dependencies,
  request: FastifyRequest,
  refused: RefusedForm | null = null,
  known: Partial<Known> = {},
): Promise<DepartmentsPage> {
  const { consultation } = request
  const { id, slug } = consultation
  const today = shanghaiDay(now())
  const departments = known.departments ?? (await departmentsOf(db, id))
  const [reminders, assignments, given, members, clauses, open, requests, itsPoints, said] =
    await Promise.all([
      remindersOf(
        db,
        departments.map((department) => department.id),
      ),
      assignmentsOf(db, id),
      givenCounts(db, id, today),
      departmentMembers(db, id),
      known.clauses ?? orderedClauses(db, id),
      openNow(db, id),
      openRequests(db, id),
      givenPoints(db, id),
      departmentsThatSaid(db, id),
    ])
  const points = departmentPoints(clausePoints(open.progress), assignments, itsPoints)
  const of = <Row extends { departmentId: string }>(rows: Row[], department: string) =>
    rows.filter(({ departmentId }) => departmentId === department)
  const pointsOf = (department: string) => ({
    count: sum(points.filter(({ of }) => of === department)),
    href: pointsAddress(slug, { department }),
  })
  const shown = departments
    .filter(({ closedAt }) => closedAt === null)
    .map((department) => ({
      ...department,
      assignments: of(assignments, department.id).map((one) =>
        shownAssignment(one, clauses, open, slug, today),
      ),
      given: of(given, department.id).map(({ kind, ...counts }) => ({
        ...counts,
        name: assignmentKinds[kind],
      })),
      isKept: said.has(department.id),
      reminders: of(reminders, department.id).map(({ at, by, unanswered }) => ({
        time: shanghaiMinute(at),
        by,
        unanswered,
      })),
      members: of(members, department.id),
      assigning: standing(`clauses-${department.id}`, assignmentForm([]).blank, refused),
      joining: standing(`member-${department.id}`, memberForm.blank, refused),
      open: openOf(department.id, assignments, open),
      reading: readingAddress(slug, { department: department.id, answered: 'open' }),
      points: pointsOf(department.id),
    }))
  return {
    consultation,
    address: departmentsAddress(consultation),
    departments: shown,
    closed: departments.flatMap(({ id, name, closedAt }) =>
      closedAt ? [{ id, name, at: shanghaiMinute(closedAt), points: pointsOf(id) }] : [],
    ),
    requests: requests.map((one) => shownRequest(consultation, one)),
    mayWrite: mayWrite(request),
    clauses: clauses.map(({ key, name }) => [key, name]),
    typed: departmentForm.blank,
    errors: errorsOf(refused, (_field, at) => at),
  }
}
