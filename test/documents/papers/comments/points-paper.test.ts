import { buffer, json } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { parseCsvObjects } from 'hucre/csv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftResponse } from '../../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../../db/queries/answers/responses.ts'
import type { Consultation } from '../../../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../../../db/queries/points/worded-concerns.ts'
import { comments } from '../../../../db/schema/index.ts'
import { clausePlaces } from '../../../../server/documents/papers/clause-places.ts'
import { commentsCsv } from '../../../../server/documents/papers/comments/comment-files.ts'
import { commentsJsonLd } from '../../../../server/documents/papers/comments/comment-jsonld.ts'
import { pointsCsv, pointsJson } from '../../../../server/documents/papers/comments/points-paper.ts'
import type { PaperRequest } from '../../../../server/documents/papers/paper-request.ts'
import { everything } from '../../../../server/rules/comments/reading-filters.ts'
import type { PaperScope } from '../../../../server/rules/papers/scopes.ts'
import { freshDatabase, type TestDatabase } from '../../../database.ts'
import {
  aConsultation,
  amendment,
  drafterAndApprover,
  say,
  seals,
} from '../../../office/filled-consultation.ts'
import { partInto } from '../../../office/parted-comment.ts'

let database: TestDatabase
let consultation: Consultation
let ids: string[]
const now = new Date('2026-12-02T02:00:00Z')
const drafter = { staffId: 'drafter', now }
const sentence = '建议写明时限'

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await drafterAndApprover(db, now)
  consultation = await aConsultation(db, 'a')
  ids = await say(db, consultation, [
    { ...amendment, clause: 'p1', body: '请写明时限。𠮷县要修路。谢谢。' },
    { ...amendment, clause: 'p1', body: '时限要写明。' },
    { ...amendment, clause: 'p2', body: '不公开的话。', state: 'withheld' },
    { ...amendment, clause: 'p2', body: '没有审的话。', state: 'pending' },
  ])
  const spans = [
    { start: 0, end: 6, clause: 'p1' },
    { start: 6, end: 12, clause: 'p3' },
  ]
  const [first = ''] = await partInto(db, consultation.id, ids[0] ?? '', spans, now)
  const facts = { sentence, clause: 'p1', themeId: null, departmentId: null }
  const picked = { pointIds: [first], comments: [ids[1] ?? ''] }
  const concern = await makeConcern(db, consultation.id, facts, picked, drafter)
  const answer = { outcome: 'adopted', reason: '已写明三十日。', summary: sentence } as const
  const response = await draftResponse(db, consultation.id, { kind: 'concern', id: concern }, answer, drafter)
  await submitResponse(db, consultation.id, response, drafter)
  await approveResponse(db, consultation.id, response, { staffId: 'approver', now })
})
afterAll(() => database.drop())

const request = async (scope: PaperScope, of = consultation): Promise<PaperRequest> => ({
  ...{ db: database.db, seals, consultation: of, scope, header: 'en', now, origin: '', filters: everything },
  ...{ places: await clausePlaces(database.db, of.id), dataDir: '', read: () => {}, marked: () => {} },
})

async function rows(scope: PaperScope, of = consultation) {
  const file = (await buffer(await pointsCsv(await request(scope, of)))).toString('utf8')
  return parseCsvObjects(file, { header: true }).data as Record<string, string>[]
}

test('each point of what was admitted has its row, and a comment that nobody parted has one', async () => {
  const found = await rows('internal')
  expect(
    found.map(({ clause, comment_clause, start, end, text }) => [clause, comment_clause, start, end, text]),
  ).toEqual([
    ['p1', 'p1', '0', '6', '请写明时限。'],
    ['p3', 'p1', '6', '12', '𠮷县要修路。'],
    ['p1', 'p1', '0', '6', '时限要写明。'],
    ['p2', 'p2', '0', '6', '不公开的话。'],
  ])
  expect(
    found.map(({ concern, outcome, reason, decided_by }) => [concern, outcome, reason, decided_by]),
  ).toEqual([
    [sentence, 'adopted', '已写明三十日。', 'approver'],
    ['', '', '', ''],
    [sentence, 'adopted', '已写明三十日。', 'approver'],
    ['', '', '', ''],
  ])
  expect(new Set(found.map(({ comment_id }) => comment_id)).size).toBe(3)
})

test('the public has neither receipts nor what is not public, and answers once the outcome is out', async () => {
  const before = await rows('public')
  expect(before.map(({ text, outcome }) => `${text} ${outcome}`).sort()).toEqual(
    ['请写明时限。 ', '𠮷县要修路。 ', '时限要写明。 '].sort(),
  )
  expect(Object.keys(before[0] ?? {})).not.toContain('receipt_number')
  const after = await rows('public', { ...consultation, outcomeAt: now })
  expect(after.map(({ outcome }) => outcome).sort()).toEqual(['', 'adopted', 'adopted'])
})

test('JSON has the same rows', async () => {
  const { points } = (await json(await pointsJson(await request('internal')))) as {
    points: { text: string }[]
  }
  expect(points.map(({ text }) => text)).toHaveLength(4)
})

test('the comments tell their points, and what became of those of which every point is answered', async () => {
  const file = (await buffer(await commentsCsv(await request('internal')))).toString('utf8')
  const found = parseCsvObjects(file, { header: true }).data as Record<string, string>[]
  const of = (id: string | undefined) => found.find(({ comment_id }) => comment_id === id)
  expect(of(ids[0])).toMatchObject({ points: '2', concern: sentence, outcome: '' })
  expect(of(ids[1])).toMatchObject({
    points: '1',
    concern: sentence,
    outcome: 'adopted',
    reason: '已写明三十日。',
  })
  expect(await database.db.query.$count(comments, eq(comments.consultationId, consultation.id))).toBe(
    found.length,
  )
})

test('a web annotation tells what came of a comment once the outcome is out, and of none before', async () => {
  const told = async (of: Consultation) => {
    const page = await json(await commentsJsonLd(await request('public', of)))
    const { items } = page as { items: { body: { value: string; purpose: string }[] }[] }
    return items.map(({ body }) =>
      body.flatMap(({ purpose, value }) =>
        purpose === 'classifying' || purpose === 'replying' ? [`${purpose} ${value}`] : [],
      ),
    )
  }
  expect(await told(consultation)).toEqual([[], []])
  expect((await told({ ...consultation, outcomeAt: now })).sort()).toEqual([
    [],
    ['classifying adopted', 'replying 已写明三十日。'],
  ])
})

test('the comments and the points join by the concern’s id', async () => {
  const comments = (await buffer(await commentsCsv(await request('internal')))).toString('utf8')
  const { concern_id: id, points } =
    (parseCsvObjects(comments, { header: true }).data as Record<string, string>[]).find(
      (row) => row.comment_id === ids[1],
    ) ?? expect.unreachable()
  expect([id, points]).toEqual([
    (await rows('internal')).find((row) => row.comment_id === ids[1])?.concern_id,
    '1',
  ])
  expect(id).toMatch(/./)
})
