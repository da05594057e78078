import { desc } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { arrivalCounts, commentCounts, comments, submissions } from '../../db/schema/index.ts'
import { remember } from '../../db/search.ts'
import { shanghaiDay } from '../../server/rules/days.ts'
import { seedIfEmpty, seedSlug } from '../../server/seed.ts'

const together = 1000
const clauses = 23

/**
 * Fills an empty database with the seed draft and this many comments, compared already and in one state, so that nothing
 * but what is measured works on them. Written past the submission's own path, which would take an hour.
 */
export async function fillWith(url: string, count: number): Promise<Consultation> {
  const db = await openDatabase({ url })
  const consultation = await fillInto(db, count, 'published')
  await db.close()
  return consultation
}

/** The same with an open database. @param bodyOf what the comment of this number says */
export async function fillInto(
  db: Database,
  count: number,
  state: 'published' | 'pending',
  bodyOf: (number: number) => string = (number) => `第 ${number} 条：${comment.body}`,
): Promise<Consultation> {
  const now = new Date()
  await seedIfEmpty({ db, now: () => now })
  const consultation = await findConsultation(db, seedSlug)
  if (!consultation) throw new Error('the seed is not loaded')
  for (let done = 0; done < count; done += together) {
    await insert(
      db,
      { consultationId: consultation.id, state, bodyOf },
      done,
      Math.min(together, count - done),
      now,
    )
  }
  await letStaffFindTheLast(db)
  const perClause = Array.from({ length: clauses }, (_, i) => Math.floor((count + clauses - 1 - i) / clauses))
  await db.query.insert(commentCounts).values(
    perClause.map((kept, i) => ({
      consultationId: consultation.id,
      clause: `p${i + 1}`,
      stance: 'amend',
      state,
      count: kept,
    })),
  )
  await db.query.insert(arrivalCounts).values(
    perClause.map((kept, i) => ({
      consultationId: consultation.id,
      clause: `p${i + 1}`,
      channel: person.channel,
      identity: person.identity,
      region: person.region,
      comments: kept,
      submissions: kept,
      people: kept,
      late: 0,
    })),
  )
  return consultation
}

/** Staff search takes in what comes behind the last that it knows: with these known, nothing waits for it. */
async function letStaffFindTheLast(db: Database): Promise<void> {
  const { number, body } = comments
  const last = await db.query.select({ number, body }).from(comments).orderBy(desc(number)).limit(together)
  await db.atomically((tx) => last.flatMap((row) => remember(tx, 'staff', row.number, row.body)))
}

async function insert(
  db: Database,
  { bodyOf, ...about }: { consultationId: string; state: string; bodyOf: (number: number) => string },
  from: number,
  count: number,
  now: Date,
): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => ({ id: uuid(), number: from + i }))
  const submitted = rows.map(({ id, number }) => ({
    ...person,
    id,
    consultationId: about.consultationId,
    receiptNumber: `R-${number}`,
    codeHash: id,
    idempotencyHash: id,
    createdAt: now,
  }))
  const said = rows.map(({ id, number }) => ({
    ...comment,
    ...about,
    id,
    submissionId: id,
    clause: `p${(number % clauses) + 1}`,
    body: bodyOf(number),
    createdAt: now,
    createdDay: shanghaiDay(now),
    publishedAt: about.state === 'published' ? now : null,
    publicId: crypto.randomUUID(),
    publishedDay: about.state === 'published' ? shanghaiDay(now) : null,
    comparedAt: now,
    unexamined: false,
    answered: 'none' as const,
  }))
  await db.atomically((tx) => [tx.insert(submissions).values(submitted), tx.insert(comments).values(said)])
}

const person = {
  payloadHash: '',
  channel: 'web',
  identity: 'individual',
  name: null,
  maskedName: null,
  showName: false,
  organisation: null,
  region: '武乡县',
  contact: null,
  visibility: 'public',
}
const comment = {
  round: 1,
  stance: 'amend',
  body: '建议把办理时限和责任单位写明确，并说明逾期不办的处理办法，方便群众监督。'.repeat(3),
  proposal: null,
  wording: null,
  quote: null,
  version: 1,
  review: 1,
}
