import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignmentDays } from '../../../db/queries/departments/assignment-days.ts'
import { type Cosignature, cosignaturesOf } from '../../../db/queries/departments/cosignatures.ts'
import { type DepartmentReply, findReply } from '../../../db/queries/departments/department-replies.ts'
import { requestsAbout } from '../../../db/queries/departments/department-requests.ts'
import { pointsOfConcern } from '../../../db/queries/points/listed-points.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { memberOf } from '../../plugins/roles.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { positionNames, requestNames } from '../../rules/departments/assignments.ts'
import {
  extensionForm,
  handBackForm,
  letterForm,
  positionForm,
  replyForm,
  sentBackForm,
  type TypedAssignment,
} from '../../rules/departments/reply-forms.ts'
import { nameOf } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import { field } from '../comments/reading-address.ts'
import { type GivenThing, givenThing, readable, type ShownReply, shownReply } from './given-thing.ts'

export interface AssignmentPage {
  consultation: Consultation
  address: string
  department: string
  thing: GivenThing
  clauseText: string
  /** What the points of a concern say. */
  points: string[]
  next: string | null
  /** It is this department's to answer; else to sign alone. */
  answers: boolean
  reply: (ShownReply & { state: string; writer: string; returnNote: string | null }) | null
  revision: number
  /** What keeps whoever reads it from confirming it; null where nothing does. */
  cannotConfirm: string | null
  signature: { positionName: string | null; note: string | null; isSettled: boolean } | null
  positions: [string, string][]
  requests: { name: string; text: string; decision: string }[]
  outcomes: [string, string][]
  typed: TypedAssignment
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/departments/assignment': AssignmentPage
  }
}

/** An address under /office/:slug/assignments/:department/:assignment. */
export interface OfAssignment {
  Params: { department: string; assignment: string }
}

const shownPoints = 100

/** GET /office/:slug/assignments/:department/:assignment?after=: one thing that a department was given, with its clause and its forms. */
export function assignment(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfAssignment>('/assignments/:department/:assignment', async (request, reply) =>
    reply.page('office/departments/assignment', await assignmentPage(deps, request)),
  )
}

/** The page with nothing typed in its forms but what is kept. @param known what was read of the reply */
export async function assignmentPage(
  { db, seals, now }: Dependencies,
  request: FastifyRequest,
  known?: DepartmentReply | null,
): Promise<AssignmentPage> {
  const { consultation, own } = request
  const { department, assignment, answers } = own
  const isConcern = assignment.kind === 'concern'
  const [places, days, reply, requests, points, cosignatures] = await Promise.all([
    clausePlaces(db, consultation.id),
    assignmentDays(db, department.id, [assignment]),
    known === undefined ? findReply(db, department.id, assignment) : known,
    requestsAbout(db, department.id, assignment),
    isConcern ? pointsOfConcern(db, assignment.target, field(request.query, 'after'), shownPoints + 1) : [],
    isConcern ? cosignaturesOf(db, assignment.target) : [],
  ])
  const today = shanghaiDay(now())
  const thing = givenThing(consultation.slug, department, assignment, { places, days, seals, today })
  return {
    consultation,
    address: thing.href,
    department: department.name,
    thing,
    clauseText: places.get(assignment.clause)?.text ?? '',
    points: points
      .slice(0, shownPoints)
      .map(({ text, state }) => readable({ body: text, wording: null, state }).text),
    next: points.length > shownPoints ? `${thing.href}?after=${points[shownPoints - 1]?.id}#gathered` : null,
    answers,
    reply: reply && {
      ...shownReply(reply, `${thing.href}/letters`),
      ...{ state: reply.state, writer: reply.writer, returnNote: reply.returnNote },
    },
    revision: reply?.revision ?? 0,
    cannotConfirm: cannotConfirm(request, reply),
    signature: signatureOf(cosignatures, department.id),
    positions: Object.entries(positionNames),
    requests: requests.map(({ asks, unit, dueOn, reason, decision }) => ({
      name: nameOf(requestNames, asks),
      text: `${asks === 'return' ? `建议由${unit}答复` : `延至 ${dueOn}`}。${reason}`,
      decision: decision === null ? '待起草单位决定' : decision === 'granted' ? '已同意' : '未同意',
    })),
    outcomes: Object.entries(outcomeNames),
    typed: { ...blank, ...(reply ? replyForm.given(reply) : replyForm.blank) },
    errors: [],
  }
}

const blank = {
  ...letterForm.blank,
  ...sentBackForm.blank,
  ...positionForm.blank,
  ...handBackForm.blank,
  ...extensionForm('').blank,
}

/** The same as the statement that confirms it asks, in words. */
function cannotConfirm(request: FastifyRequest, reply: DepartmentReply | null): string | null {
  const { isHead, isAlone } = request.own.department
  if (!isHead) return '等待本单位负责人确认。'
  const isOwn = reply?.writtenBy === memberOf(request).id
  return isOwn && !isAlone ? '这份答复意见是您自己写的，请由本单位另一位负责人确认。' : null
}

function signatureOf(cosignatures: Cosignature[], departmentId: string): AssignmentPage['signature'] {
  const own = cosignatures.find((one) => one.departmentId === departmentId)
  if (!own) return null
  return {
    positionName: own.position === null ? null : nameOf(positionNames, own.position),
    note: own.note,
    isSettled: own.officePosition !== null,
  }
}
