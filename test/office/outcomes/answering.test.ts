import { afterEach, beforeEach, expect, test } from 'vitest'
import { answersTo } from '../../../db/queries/answers/answers.ts'
import { progressOf } from '../../../db/queries/answers/progress.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { obstacles } from '../../../db/queries/outcomes/obstacles.ts'
import { editionRows, editions } from '../../../db/queries/outcomes/outcome-editions.ts'
import { publishOutcome } from '../../../db/queries/outcomes/outcome-publication.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { rewordClause } from '../../../db/queries/wordings/rewording.ts'
import { noSources, sourcesOf } from '../../../db/queries/wordings/wording-sources.ts'
import { Refused } from '../../../db/refused.ts'
import { comments } from '../../../db/schema/index.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { approvedWording } from '../approved-wording.ts'
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

async function answerAll(clause: string, summary: string | null) {
  const { db } = database
  const target = { kind: 'reading' as const, filters: { ...everything, clause } }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary }
  const id = await draftResponse(db, consultation.id, target, answer, { staffId: 'drafter', now })
  await submitResponse(db, consultation.id, id, { staffId: 'drafter', now })
  await approveResponse(db, consultation.id, id, { staffId: 'approver', now })
}

const numbers = {
  received: 0,
  people: 0,
  late: 0,
  admitted: 0,
  states: {},
  channels: {},
  outcomes: {},
  endorsements: 0,
}
async function publish(number: number) {
  const { db } = database
  const seen = await findConsultation(db, consultation.slug)
  const edition = { number, report: '情况说明', numbers, note: null, clauses: ['p1', 'p2', 'p3'] }
  return publishOutcome(db, seen ?? consultation, edition, { staffId: 'approver', now })
}

test('the outcome waits for every pending and every unanswered comment', async () => {
  const { db } = database
  const pending = await say(db, consultation, [said('p1', 'published'), said('p2', 'pending')])
  expect(await obstacles(db, consultation, await progressOf(db, consultation.id))).toEqual({
    pending: 1,
    unparted: 0,
    unanswered: 1,
    appealed: 0,
    unsummarised: 0,
    wordings: [],
  })
  await answerAll('p1', null)
  await expect(publish(1)).rejects.toThrow(Refused)
  expect(await editions(db, consultation.id)).toEqual([])
  expect(pending).toHaveLength(2)
})

test('a comment that is not public is in the table only within a 归纳, and the counts add up to all admitted', async () => {
  const { db } = database
  await say(db, consultation, [
    said('p1', 'published'),
    said('p1', 'withheld', '不愿公开的话'),
    said('p2', 'refused'),
  ])
  await answerAll('p1', null)
  expect(await obstacles(db, consultation, await progressOf(db, consultation.id))).toEqual({
    pending: 0,
    unparted: 0,
    unanswered: 0,
    appealed: 0,
    unsummarised: 1,
    wordings: [],
  })
  await expect(publish(1)).rejects.toThrow(Refused)

  const other = await aConsultation(db, 'b')
  consultation = other
  await say(db, other, [
    said('p1', 'published'),
    said('p1', 'withheld', '不愿公开的话'),
    said('p2', 'published'),
  ])
  await answerAll('p1', '建议写明时限')
  await answerAll('p2', null)
  await publish(1)
  const [edition] = await editions(db, other.id)
  const rows = await editionRows(db, edition?.id ?? '', -1, 100)
  expect(rows.map(({ author, body, count }) => ({ author, body, count }))).toEqual([
    { author: '归纳', body: '建议写明时限', count: 2 },
    { author: '金**', body: '请写明时限。', count: 1 },
  ])
})

test('what is answered by itself stands in an order that tells nothing of when it came', async () => {
  const { db } = database
  const said12 = Array.from({ length: 12 }, (_, i) => said('p1', 'published', `第 ${i} 条意见。`))
  const ids = await say(db, consultation, said12)
  await answerAll('p1', null)
  await publish(1)
  const [edition] = await editions(db, consultation.id)
  const rows = await editionRows(db, edition?.id ?? '', -1, 100)
  const bodies = [...ids.entries()]
    .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([i]) => `第 ${i} 条意见。`)
  expect(rows.map(({ body }) => body)).toEqual(bodies)
})

test('the table stands in document order, in each clause the weightier 归纳 first', async () => {
  const { db } = database
  await say(db, consultation, [said('p2', 'published', '先来的'), said('p1', 'published', '后来的')])
  await answerAll('p1', null)
  await answerAll('p2', null)
  await say(db, consultation, [said('p2', 'withheld')])
  await answerAll('p2', '轻的')
  await say(db, consultation, [said('p2', 'withheld'), said('p2', 'published')])
  await answerAll('p2', '重的')
  await publish(1)
  const [edition] = await editions(db, consultation.id)
  const rows = await editionRows(db, edition?.id ?? '', -1, 100)
  expect(rows.map(({ position, clause, body, count }) => [position, clause, body, count])).toEqual([
    [0, 'p1', '后来的', 1],
    [1, 'p2', '重的', 2],
    [2, 'p2', '轻的', 1],
    [3, 'p2', '先来的', 1],
  ])
})

test('nothing is published where the data has changed since the numbers were read, or the table does not add up', async () => {
  const { db } = database
  await say(db, consultation, [said('p1', 'published')])
  await answerAll('p1', null)
  const seen = await findConsultation(db, consultation.slug)
  if (!seen) throw new Error('the consultation is not there')
  const edition = { number: 1, report: '情况说明', numbers, note: null, clauses: ['p1'] }
  await expect(publishOutcome(db, consultation, edition, { staffId: 'approver', now })).rejects.toThrow(
    'statement 0',
  )
  const partial = { ...edition, clauses: [] }
  await expect(publishOutcome(db, seen, partial, { staffId: 'approver', now })).rejects.toThrow('statement 2')
  expect(await editions(db, consultation.id)).toEqual([])
  await publishOutcome(db, seen, edition, { staffId: 'approver', now })
})

test('the outcome waits for the closing day to be over', async () => {
  const { db } = database
  const edition = { number: 1, report: '情况说明', numbers, note: null, clauses: [] }
  const early = new Date(consultation.closesAt)
  await expect(
    publishOutcome(db, consultation, edition, { staffId: 'approver', now: early }),
  ).rejects.toThrow(Refused)
  await publishOutcome(db, consultation, edition, { staffId: 'approver', now: new Date(early.getTime() + 1) })
})

test('where comments are never shown one by one, every one has to be summed up', async () => {
  const { db } = database
  await say(db, consultation, [said('p1', 'published')])
  await answerAll('p1', null)
  expect(await obstacles(db, consultation, await progressOf(db, consultation.id))).toMatchObject({
    unsummarised: 0,
    wordings: [],
  })
  const only = { ...consultation, publicationPolicy: 'outcome_only' }
  expect(await obstacles(db, only, await progressOf(db, only.id))).toMatchObject({ unsummarised: 1 })
})

test('an edition is published once, and a correction is another', async () => {
  const { db } = database
  const attempts = await Promise.allSettled([publish(1), publish(1), publish(1)])
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await publish(2)
  expect((await editions(db, consultation.id)).map(({ edition }) => edition)).toEqual([2, 1])
})

test('the outcome waits for a wording that no second person has approved, and names its clause', async () => {
  const { db } = database
  const wording = { round: 1, clause: 'p2', text: '新的条款。', reason: '写明', revision: 0 }
  await rewordClause(db, consultation.id, wording, noSources, { staffId: 'drafter', now })
  const { wordings } = await obstacles(db, consultation, await progressOf(db, consultation.id))
  expect(wordings).toEqual(['一、（一）'])
  await expect(publish(1)).rejects.toThrow(Refused)
  const by = { drafter: 'drafter', approver: 'approver', now }
  await approvedWording(db, consultation.id, { ...wording, revision: 1 }, {}, by)
  await publish(1)
})

test('answers and the wording that a comment led to are found by the comment', async () => {
  const { db } = database
  const [first = '', second = ''] = await say(db, consultation, [
    said('p2', 'published'),
    said('p3', 'published'),
  ])
  const other = await aConsultation(db, 'b')
  const [foreign = ''] = await say(db, other, [said('p2', 'published')])
  const [refused = ''] = await say(db, consultation, [said('p2', 'refused')])
  await answerAll('p2', null)
  const wording = { round: 1, clause: 'p2', text: '指导思想。稳步推进，2027年底前完成。', reason: '写明时限' }
  const act = { staffId: 'drafter', now }
  await rewordClause(
    db,
    consultation.id,
    { ...wording, revision: 0 },
    { ...noSources, comments: [first, foreign] },
    act,
  )
  expect(await revisedWordingsOf(db, consultation.id)).toEqual([])
  const by = { drafter: 'drafter', approver: 'approver', now }
  const again = { ...wording, revision: 1 }
  await approvedWording(db, consultation.id, again, { comments: [first, foreign, refused] }, by)
  const [kept] = await revisedWordingsOf(db, consultation.id)
  expect(await sourcesOf(db, kept?.id ?? '')).toEqual({ ...noSources, comments: [first] })
  const told = await db.query.select({ id: comments.id, publicId: comments.publicId }).from(comments)
  const innerOf = (publicId: string) => told.find((one) => one.publicId === publicId)?.id ?? ''
  const answers = await answersTo(db, [first, second].map(innerOf))
  expect(answers.get(innerOf(first))).toEqual({
    outcome: 'adopted',
    reason: '已写明。',
    approvedAt: now,
    correctedAt: null,
    correctionCause: null,
    changed: { round: 1, clause: 'p2' },
  })
  expect(answers.has(innerOf(second))).toBe(false)
})
