import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerable } from '../../../db/queries/answers/answer-targets.ts'
import { answeredBy } from '../../../db/queries/answers/listed-responses.ts'
import { answeredCells } from '../../../db/queries/answers/progress.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import {
  approveResponse,
  dropResponse,
  returnResponse,
  rewordResponse,
  submitResponse,
} from '../../../db/queries/answers/responses.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { Refused } from '../../../db/refused.ts'
import { comments, splits } from '../../../db/schema/index.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { aConsultation, amendment, drafterAndApprover, say } from '../filled-consultation.ts'

let database: TestDatabase
let consultation: Consultation
let ids: string[]
const now = new Date('2026-12-02T02:00:00Z')
const answer = { outcome: 'adopted' as const, reason: '已在第（一）条中写明。', summary: null }
const said = (clause: string, state: string) => ({ ...amendment, clause, state })

beforeEach(async () => {
  database = await freshDatabase()
  const { db } = database
  await drafterAndApprover(db, now)
  consultation = await aConsultation(db, 'a')
  const states = ['published', 'published', 'withheld', 'refused', 'pending', 'withdrawn']
  ids = await say(db, consultation, [...states.map((state) => said('p1', state)), said('p2', 'published')])
})
afterEach(() => database.drop())

const onClause = (clause: string) => ({ kind: 'reading' as const, filters: { ...everything, clause } })

test('an answer to a clause reaches its admitted comments that have none, and says how many are not public', async () => {
  const { db } = database
  expect(await answerable(db, consultation.id, onClause('p1'))).toEqual({ count: 3, withheld: 1 })
  const first = await draftResponse(db, consultation.id, { kind: 'comments', ids: ids.slice(0, 1) }, answer, {
    staffId: 'drafter',
    now,
  })
  const rest = await draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now })
  expect((await answeredBy(db, first, { after: null, limit: 10 })).map(({ publicId }) => publicId)).toEqual(
    ids.slice(0, 1),
  )
  expect((await answeredBy(db, rest, { after: null, limit: 10 })).map(({ publicId }) => publicId)).toEqual(
    ids.slice(1, 3),
  )
  expect(await answerable(db, consultation.id, onClause('p1'))).toEqual({ count: 0, withheld: 0 })
})

test('a letter that waits to be parted is not swept along with its clause, and is answered where it is picked', async () => {
  const { db } = database
  const [letter] = await db.query
    .select()
    .from(comments)
    .where(eq(comments.publicId, ids[0] ?? ''))
  await db.query.insert(splits).values({
    ...{ commentId: letter?.id ?? '', consultationId: consultation.id, state: 'waiting', length: 3000 },
    ...{ uncovered: 0, before: null, staffId: null, updatedAt: now, revision: 1 },
    ...{ isOpen: true, unanswered: 0, outcome: null },
  })
  expect(await answerable(db, consultation.id, onClause('p1'))).toEqual({ count: 2, withheld: 1 })
  const rest = await draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now })
  expect((await answeredBy(db, rest, { after: null, limit: 10 })).map(({ publicId }) => publicId)).toEqual(
    ids.slice(1, 3),
  )
  const picked = { kind: 'comments' as const, ids: ids.slice(0, 1) }
  expect(await answerable(db, consultation.id, picked)).toEqual({ count: 1, withheld: 0 })
})

test('where nothing is left to answer, nothing is stored', async () => {
  const { db } = database
  await draftResponse(db, consultation.id, onClause('p2'), answer, { staffId: 'drafter', now })
  await expect(
    draftResponse(db, consultation.id, onClause('p2'), answer, { staffId: 'drafter', now }),
  ).rejects.toThrow(Refused)
})

test('a comment of another consultation cannot be answered here', async () => {
  const { db } = database
  const other = await aConsultation(db, 'b')
  await expect(
    draftResponse(db, other.id, { kind: 'comments', ids }, answer, { staffId: 'drafter', now }),
  ).rejects.toThrow(Refused)
})

test('twenty who answer the same clause at once give it one answer', async () => {
  const { db } = database
  const attempts = await Promise.allSettled(
    Array.from({ length: 20 }, () =>
      draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now }),
    ),
  )
  const drafts = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
  const answered = await Promise.all(drafts.map((id) => answeredBy(db, id, { after: null, limit: 10 })))
  expect(
    answered
      .flat()
      .map(({ publicId }) => publicId)
      .sort(),
  ).toEqual(ids.slice(0, 3).sort())
})

test('an answer counts once a second person has approved it', async () => {
  const { db } = database
  const id = await draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now })
  await expect(approveResponse(db, consultation.id, id, { staffId: 'approver', now })).rejects.toThrow(
    Refused,
  )
  await submitResponse(db, consultation.id, id, { staffId: 'drafter', now })
  await expect(approveResponse(db, consultation.id, id, { staffId: 'drafter', now })).rejects.toThrow(Refused)
  expect(await answeredCells(db, consultation.id)).toEqual([])
  await approveResponse(db, consultation.id, id, { staffId: 'approver', now })
  expect(await answeredCells(db, consultation.id)).toEqual([{ clause: 'p1', outcome: 'adopted', count: 3 }])
})

test('an answer that is sent back can be reworded and submitted again; an approved one cannot', async () => {
  const { db } = database
  const id = await draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now })
  await submitResponse(db, consultation.id, id, { staffId: 'drafter', now })
  await expect(
    rewordResponse(db, consultation.id, { id, revision: 1 }, answer, { staffId: 'drafter', now }),
  ).rejects.toThrow(Refused)
  await returnResponse(
    db,
    consultation.id,
    { id, returnNote: '理由请写具体。' },
    { staffId: 'approver', now },
  )
  await rewordResponse(
    db,
    consultation.id,
    { id, revision: 1 },
    { ...answer, outcome: 'partly_adopted' },
    { staffId: 'drafter', now },
  )
  await submitResponse(db, consultation.id, id, { staffId: 'drafter', now })
  await approveResponse(db, consultation.id, id, { staffId: 'approver', now })
  expect(await answeredCells(db, consultation.id)).toEqual([
    { clause: 'p1', outcome: 'partly_adopted', count: 3 },
  ])
  await expect(
    rewordResponse(db, consultation.id, { id, revision: 2 }, answer, { staffId: 'drafter', now }),
  ).rejects.toThrow(Refused)
  await expect(dropResponse(db, consultation.id, id, { staffId: 'drafter', now })).rejects.toThrow(Refused)
})

test('a draft that is thrown away leaves its comments to be answered', async () => {
  const { db } = database
  const id = await draftResponse(db, consultation.id, onClause('p1'), answer, { staffId: 'drafter', now })
  await dropResponse(db, consultation.id, id, { staffId: 'drafter', now })
  expect(await answerable(db, consultation.id, onClause('p1'))).toEqual({ count: 3, withheld: 1 })
})
