import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, dropResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { mendSplits, wrongSplits } from '../../../db/queries/points/split-check.ts'
import { mendCounts } from '../../../db/queries/upkeep/mended-counts.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { comments, responseCounts } from '../../../db/schema/index.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { aConsultation, amendment, drafterAndApprover, say } from '../filled-consultation.ts'

let database: TestDatabase
let consultation: Consultation
let ids: string[]
const now = new Date('2026-12-02T02:00:00Z')
const by = (staffId: string) => ({ staffId, now })

beforeEach(async () => {
  database = await freshDatabase()
  await drafterAndApprover(database.db, now)
  consultation = await aConsultation(database.db, 'a')
  const states = ['published', 'withheld', 'pending']
  ids = await say(
    database.db,
    consultation,
    states.map((state) => ({ ...amendment, state })),
  )
})
afterEach(() => database.drop())

const draft = (summary: string | null) =>
  draftResponse(
    database.db,
    consultation.id,
    { kind: 'comments', ids },
    { outcome: 'adopted', reason: '已在第（一）条中写明。', summary },
    by('drafter'),
  )

async function approve(id: string): Promise<void> {
  await submitResponse(database.db, consultation.id, id, by('drafter'))
  await approveResponse(database.db, consultation.id, id, by('approver'))
}

async function answered(): Promise<string[]> {
  const rows = await database.db.query
    .select({ answered: comments.answered })
    .from(comments)
    .orderBy(comments.number)
  return rows.map((row) => row.answered)
}

test('how far a comment is answered follows its answer', async () => {
  const { db } = database
  expect(await answered()).toEqual(['none', 'none', 'none'])
  const first = await draft(null)
  expect(await answered()).toEqual(['drafted', 'drafted', 'none'])
  await dropResponse(db, consultation.id, first, by('drafter'))
  expect(await answered()).toEqual(['none', 'none', 'none'])
  await approve(await draft(null))
  expect(await answered()).toEqual(['bare', 'bare', 'none'])
  ids = await say(db, consultation, [{ ...amendment, state: 'published' }])
  await approve(await draft('写明责任单位'))
  expect((await answered()).at(-1)).toBe('approved')
  expect(await wrongSplits(db)).toEqual([])
})

test('what is kept of it wrongly is found and mended', async () => {
  const { db } = database
  await draft(null)
  const [first = ''] = ids
  await db.query.update(comments).set({ answered: 'approved' }).where(eq(comments.publicId, first))
  const wrong = await wrongSplits(db)
  expect(wrong.map(({ problem }) => problem)).toEqual(['answered'])
  await mendSplits(db, wrong)
  expect(await answered()).toEqual(['drafted', 'drafted', 'none'])
})

test('how much an approved answer is for is counted with it, recounted and mended', async () => {
  const { db } = database
  const id = await draft('写明责任单位')
  await approve(id)
  const kept = () => db.query.select().from(responseCounts)
  const counted = [{ responseId: id, clause: amendment.clause, count: 2 }]
  expect(await kept()).toEqual(counted)
  expect(await wrongCounts(db)).toEqual([])
  await db.query.update(responseCounts).set({ count: 7 })
  const wrong = await wrongCounts(db)
  expect(wrong.map(({ counter, kept, counted }) => [counter, kept, counted])).toEqual([['reached', 7, 2]])
  await mendCounts(db, wrong)
  expect(await kept()).toEqual(counted)
})
