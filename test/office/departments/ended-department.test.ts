import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../../db/queries/departments/clause-departments.ts'
import { askToSign } from '../../../db/queries/departments/cosignatures.ts'
import { closeDepartment } from '../../../db/queries/departments/department-closing.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import { giveConcerns } from '../../../db/queries/departments/given-concerns.ts'
import { givePoints } from '../../../db/queries/departments/given-points.ts'
import { remindDepartment } from '../../../db/queries/departments/reminders.ts'
import { commentToSplit } from '../../../db/queries/points/splits.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import {
  concerns,
  cosignatures,
  departmentReplies,
  departmentRequests,
  departmentStaff,
  points,
} from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'
import { partInto } from '../parted-comment.ts'

/* What the lists hold where two people act at the same moment: the pages have no form for it. */

let portal: TestPortal
let consultation: Consultation
let act: { staffId: string; now: Date }
let ended: { consultationId: string; departmentId: string }
let next: { consultationId: string; departmentId: string }
let letters: string[]
const made: string[] = []
const parts: string[] = []

beforeAll(async () => {
  portal = await buildTestApp()
  const { db, clock } = portal
  consultation = (await findConsultation(db, 'shanxi-laoqu')) ?? expect.unreachable()
  const { id: consultationId } = consultation
  act = { staffId: (await signIn(portal, 'drafter')).id, now: clock.now }
  letters = await say(
    db,
    consultation,
    ['修路。修桥。', '修渠。', '通水。'].map((body) => ({ ...amendment, clause: 'p3', body })),
  )
  for (const name of ['水利厅', '交通厅']) await addDepartment(db, consultationId, name, act)
  const id = async (name: string) =>
    (await departmentsOf(db, consultationId)).find((one) => one.name === name)?.id ?? ''
  ended = { consultationId, departmentId: await id('水利厅') }
  next = { consultationId, departmentId: await id('交通厅') }
  const spans = [0, 3].map((start) => ({ start, end: start + 3, clause: 'p3' }))
  parts.push(...(await partInto(db, consultationId, letters[0] ?? '', spans, clock.now, act.staffId)))
  const to = { ...ended, dueOn: '2026-12-20' }
  await givePoints(db, to, { points: parts, comments: [] }, act)
  const facts = { clause: 'p3', themeId: null, departmentId: null }
  for (const [i, sentence] of ['建议修渠', '建议通水'].entries()) {
    const picked = { pointIds: [], comments: letters.slice(i + 1, i + 2) }
    made.push(await makeConcern(db, consultationId, { ...facts, sentence }, picked, act))
  }
  await giveConcerns(db, to, made, act)
  await askToSign(db, consultationId, { concernId: made[1] ?? '', departmentIds: [ended.departmentId] }, act)
  const reply = { ...ended, outcome: 'adopted', reason: '已写明。', revision: 1 }
  const by = { writtenBy: act.staffId, writtenAt: act.now }
  await db.query.insert(departmentReplies).values([
    { ...reply, ...by, id: 'r-point', kind: 'point', target: parts[0] ?? '', state: 'confirmed' },
    { ...reply, ...by, id: 'r-concern', kind: 'concern', target: made[0] ?? '', state: 'confirmed' },
  ])
  await db.query.insert(departmentRequests).values({
    ...{ ...ended, id: 'q', kind: 'point', target: parts[1] ?? '', asks: 'extension', dueOn: '2026-12-30' },
    ...{ reason: '要开会研究', staffId: act.staffId, createdAt: act.now },
  })
  const staffId = (await signIn(portal, 'department')).id
  await db.query.insert(departmentStaff).values({ departmentId: ended.departmentId, staffId, isHead: false })
})
afterAll(() => portal.close())

const revision = async () =>
  (await commentToSplit(portal.db, consultation.id, letters[0] ?? ''))?.split.revision ?? 0

test('what it confirmed stays its own; all else goes on, and whoever has a letter open is told', async () => {
  const { db } = portal
  const seen = await revision()
  await closeDepartment(db, ended, next.departmentId, act)
  const ofPoints = await db.query.select({ id: points.id, of: points.departmentId }).from(points)
  const ofConcerns = await db.query.select({ id: concerns.id, of: concerns.departmentId }).from(concerns)
  const of = new Map([...ofPoints, ...ofConcerns].map((row) => [row.id, row.of]))
  expect([...parts, ...made].map((id) => of.get(id))).toEqual([
    ...[ended.departmentId, next.departmentId],
    ...[ended.departmentId, next.departmentId],
  ])
  expect(await revision()).toBe(seen + 1)
  const signing = await db.query.select().from(cosignatures)
  expect(signing.map(({ departmentId }) => departmentId)).toEqual([next.departmentId])
  const [request] = await db.query.select().from(departmentRequests)
  expect(request?.decision).toBe('refused')
  const here = eq(departmentStaff.departmentId, ended.departmentId)
  expect(await db.query.$count(departmentStaff, here)).toBe(0)
})

test('nothing is given to it, it is not reminded, and nothing is handed over to it', async () => {
  const { db } = portal
  const refused = (acting: Promise<void>) => expect(acting).rejects.toMatchObject({ why: 'closed' })
  await refused(assignClauses(db, ended, { clauses: ['p5'], dueOn: null }, act))
  await refused(remindDepartment(db, ended, 1, act))
  await refused(giveConcerns(db, { ...ended, dueOn: null }, made.slice(1), act))
  await refused(givePoints(db, { ...ended, dueOn: null }, { points: parts.slice(1), comments: [] }, act))
  await refused(closeDepartment(db, next, ended.departmentId, act))
})

test('a letter that somebody has open tells them that one of its points was given away', async () => {
  const seen = await revision()
  await givePoints(portal.db, { ...next, dueOn: null }, { points: parts.slice(1), comments: [] }, act)
  expect(await revision()).toBe(seen + 1)
})
