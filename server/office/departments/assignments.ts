import type { FastifyInstance } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignmentDays } from '../../../db/queries/departments/assignment-days.ts'
import {
  type AssignmentPlace,
  concernsToSign,
  listedAssignments,
} from '../../../db/queries/departments/assignments.ts'
import { signedBy } from '../../../db/queries/departments/cosignatures.ts'
import type { OwnDepartment } from '../../../db/queries/departments/department-members.ts'
import { repliesOf } from '../../../db/queries/departments/department-replies.ts'
import { remindersOf } from '../../../db/queries/departments/reminders.ts'
import type { Dependencies } from '../../dependencies.ts'
import { clausePlaces } from '../../documents/papers/clause-places.ts'
import { shanghaiDay, shanghaiMinute } from '../../rules/days.ts'
import {
  type AssignmentState,
  assignedThing,
  assignmentKey,
  assignmentStates,
} from '../../rules/departments/assignments.ts'
import { field } from '../comments/reading-address.ts'
import { type GivenThing, givenThing } from './given-thing.ts'

interface ListedThing extends GivenThing {
  /** What its head wants changed, or that somebody has begun. */
  note: string | null
}

interface AssignmentsPage {
  consultation: Consultation
  department: OwnDepartment | null
  departments: { name: string; href: string; current: boolean }[]
  states: { name: string; href: string; current: boolean }[]
  state: AssignmentState
  /** How often the office has reminded it, and when last; null where never. */
  reminded: { times: number; last: string } | null
  signing: GivenThing[]
  things: ListedThing[]
  next: string | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/departments/assignments': AssignmentsPage
  }
}

const pageSize = 50
/** 会签 has no day of its own: the one that a thing has is that of its answer. */
const noDays = new Map<string, string>()

/** GET /office/:slug/assignments?department=&state=&after=: what a department was given, what is open first. */
export function assignments(app: FastifyInstance, { db, seals, now }: Dependencies): void {
  app.get('/assignments', async (request, reply) => {
    const { consultation, ownDepartments, query } = request
    const { id: consultationId, slug } = consultation
    const asked = field(query, 'department')
    const department = ownDepartments.find(({ id }) => id === asked) ?? ownDepartments[0] ?? null
    const state = stateOf(query)
    const address = (of: string, to: AssignmentState) =>
      `/office/${slug}/assignments?department=${of}&state=${to}`
    const page = {
      ...{ consultation, department, state },
      departments: ownDepartments.map(({ id, name }) => ({
        ...{ name, current: id === department?.id },
        href: address(id, state),
      })),
      states: Object.entries(assignmentStates).map(([key, name]) => ({
        ...{ name, current: key === state },
        href: address(department?.id ?? '', key as AssignmentState),
      })),
    }
    if (!department)
      return reply.page('office/departments/assignments', {
        ...page,
        ...{ reminded: null, signing: [], things: [], next: null },
      })
    const of = { consultationId, departmentId: department.id }
    const [places, toSign, found] = await Promise.all([
      clausePlaces(db, consultationId),
      state === 'open' ? concernsToSign(db, of) : [],
      listedAssignments(db, of, state, { after: placeOf(query), limit: pageSize + 1 }),
    ])
    const things = found.slice(0, pageSize)
    const [days, replies, reminders, signed] = await Promise.all([
      assignmentDays(db, department.id, things),
      repliesOf(db, department.id, things),
      remindersOf(db, [department.id]),
      signedBy(
        db,
        department.id,
        toSign.map(({ target }) => target),
      ),
    ])
    const known = { places, days, seals, today: shanghaiDay(now()) }
    const last = found.length > pageSize ? things.at(-1) : null
    const notes = new Map(replies.map((one) => [`${one.kind}.${one.target}`, noteOf(one)]))
    return reply.page('office/departments/assignments', {
      ...page,
      reminded: reminders[0] ? { times: reminders.length, last: shanghaiMinute(reminders[0].at) } : null,
      signing: toSign
        .filter(({ target }) => !signed.includes(target))
        .map((one) => givenThing(slug, department, one, { ...known, days: noDays })),
      things: things.map((one) => ({
        ...givenThing(slug, department, one, known),
        note: notes.get(assignmentKey(one)) ?? null,
      })),
      next: last ? `${address(department.id, state)}&after=${assignmentKey(last)}` : null,
    })
  })
}

function stateOf(query: unknown): AssignmentState {
  const state = field(query, 'state') ?? ''
  return Object.hasOwn(assignmentStates, state) ? (state as AssignmentState) : 'open'
}

function placeOf(query: unknown): AssignmentPlace | null {
  return assignedThing(field(query, 'after') ?? '')
}

function noteOf({ state, returnNote, writer }: { state: string; returnNote: string | null; writer: string }) {
  if (state !== 'draft') return null
  return returnNote === null ? `${writer}已起草` : `负责人退改：${returnNote}`
}
