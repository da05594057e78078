import { afterEach, beforeEach, expect, test } from 'vitest'
import { channelCells } from '../../../db/queries/answers/progress.ts'
import { addUnitItem } from '../../../db/queries/answers/unit-items.ts'
import { addUnitOpinion, recordReply, unitOpinionsOf } from '../../../db/queries/answers/unit-opinions.ts'
import { indexForStaff, unindexed } from '../../../db/queries/comments/search-entries.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { assignClauses, assignmentsOf } from '../../../db/queries/departments/clause-departments.ts'
import { joinDepartment, ownDepartments } from '../../../db/queries/departments/department-members.ts'
import { addDepartment, departmentsOf } from '../../../db/queries/departments/departments.ts'
import { acceptProposed, countProposed, tagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme, mergeThemes, themesOf } from '../../../db/queries/themes/themes.ts'
import { Refused } from '../../../db/refused.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { aConsultation, amendment, drafterAndApprover, type Said, say } from '../filled-consultation.ts'

let database: TestDatabase
let consultation: Consultation
const now = new Date('2026-12-02T02:00:00Z')
const said = (clause: string, state: string, body = '请写明时限。'): Said => ({
  ...amendment,
  clause,
  state,
  body,
})

beforeEach(async () => {
  database = await freshDatabase()
  const { db } = database
  await drafterAndApprover(db, now)
  consultation = await aConsultation(db, 'a')
})
afterEach(() => database.drop())

test('a theme proposes by its words, takes in what it proposes, and merges', async () => {
  const { db } = database
  const [, , third = ''] = await say(db, consultation, [
    said('p1', 'published', '时限要明确'),
    said('p2', 'published', '写清100%的时限'),
    said('p2', 'published', '加强领导'),
    said('p2', 'pending', '还没有审核的时限'),
  ])
  await indexForStaff(db, await unindexed(db, 100))
  await addTheme(
    db,
    consultation.id,
    { id: 'limits', name: '时限', words: ['时限', '期限'], clause: null },
    { staffId: 'drafter', now },
  )
  await addTheme(
    db,
    consultation.id,
    { id: 'leaders', name: '领导', words: [], clause: 'p2' },
    { staffId: 'drafter', now },
  )
  await expect(
    addTheme(
      db,
      consultation.id,
      { id: 'again', name: '时限', words: [], clause: null },
      { staffId: 'drafter', now },
    ),
  ).rejects.toThrow(Refused)
  const themes = await themesOf(db, consultation.id)
  const [deadline, lead] = ['时限', '领导'].map((name) => themes.find((theme) => theme.name === name))
  if (!deadline || !lead) throw new Error('themes were not stored')
  expect(await countProposed(db, consultation.id, deadline)).toBe(2)
  await acceptProposed(db, consultation.id, deadline, { staffId: 'drafter', now })
  expect(await countProposed(db, consultation.id, deadline)).toBe(0)
  await tagComments(db, consultation.id, lead.id, [third], { staffId: 'drafter', now })
  expect((await themesOf(db, consultation.id)).map(({ name, comments }) => [name, comments])).toEqual([
    ['时限', 2],
    ['领导', 1],
  ])
  await mergeThemes(db, consultation.id, { from: lead.id, into: deadline.id }, { staffId: 'drafter', now })
  expect((await themesOf(db, consultation.id)).map(({ name, comments }) => [name, comments])).toEqual([
    ['时限', 3],
  ])
})

test('a department has its clauses and its staff see them', async () => {
  const { db } = database
  await addDepartment(db, consultation.id, '省农业农村厅', { staffId: 'drafter', now })
  const [added] = await departmentsOf(db, consultation.id)
  const id = added?.id ?? ''
  const department = { consultationId: consultation.id, departmentId: id }
  const act = { staffId: 'drafter', now }
  await assignClauses(db, department, { clauses: ['p1', 'p2'], dueOn: '2026-12-10' }, act)
  await assignClauses(db, department, { clauses: ['p2'], dueOn: '2026-12-20' }, act)
  await joinDepartment(db, id, 'approver', { staffId: 'drafter', now })
  await expect(joinDepartment(db, id, '没有这个人', { staffId: 'drafter', now })).rejects.toThrow(Refused)
  const assigned = await assignmentsOf(db, consultation.id)
  expect(assigned.map(({ clause, dueOn }) => [clause, dueOn]).sort()).toEqual([
    ['p1', '2026-12-10'],
    ['p2', '2026-12-20'],
  ])
  const own = await ownDepartments(db, consultation.id, 'approver')
  expect(own).toEqual([{ id, name: '省农业农村厅', opensNames: false, isHead: false, isAlone: true }])
  expect(await ownDepartments(db, consultation.id, 'drafter')).toEqual([])
})

test('a unit asked in writing replies, and its unresolved disagreement keeps both positions', async () => {
  const { db } = database
  const letter = {
    unit: '省财政厅',
    letterNumber: '晋发改函〔2026〕1号',
    sentOn: '2026-11-02',
    dueOn: '2026-11-20',
    repliedOn: null,
    reply: 'no_reply',
    unitPosition: null,
    officePosition: null,
    unresolved: false,
  }
  await addUnitOpinion(db, consultation.id, letter, { staffId: 'drafter', now })
  const [asked] = await unitOpinionsOf(db, consultation.id)
  const reply = {
    reply: 'opinion',
    repliedOn: '2026-11-18',
    unitPosition: '资金由市县承担',
    officePosition: '省级补助',
    unresolved: true,
  }
  const act = { staffId: 'drafter', now }
  await recordReply(db, consultation.id, asked?.id ?? '', { ...reply, revision: 1 }, act)
  await addUnitItem(
    db,
    consultation.id,
    asked?.id ?? '',
    { clause: 'p3', body: '建议删去。' },
    { staffId: 'drafter', now },
  )
  const [replied] = await unitOpinionsOf(db, consultation.id)
  expect(replied).toMatchObject({ ...reply, unit: '省财政厅', items: [{ clause: 'p3', body: '建议删去。' }] })
})

test('comments and submissions are counted by channel', async () => {
  const { db } = database
  await say(db, consultation, [said('p1', 'published'), { ...said('p1', 'published'), channel: 'letter' }])
  const cells = await channelCells(db, consultation.id)
  expect(cells.sort((a, b) => a.channel.localeCompare(b.channel))).toEqual([
    { channel: 'letter', comments: 1, submissions: 1, people: 1, late: 0 },
    { channel: 'web', comments: 1, submissions: 1, people: 1, late: 0 },
  ])
})
