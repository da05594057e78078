import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { mostAsked, mostKept } from '../../../server/text/comparing/passages.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { heldRow } from '../../held-row.ts'
import { prepared } from '../../prepared.ts'
import { campaigns, comments, passages } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'
import { type Representative, type Texted, texted } from './grouping.ts'

/** No text has this passage: it stands for those that are still to be read. */
const unread = 0

const asked = Array.from({ length: mostAsked }, (_, place) => `passage${place}`)

const having = prepared('having_passages', (query) =>
  query
    .select({ passage: passages.passage, number: passages.commentNumber })
    .from(passages)
    .where(
      sql`${passages.passage} in (${sql.join(
        asked.map((name) => sql.param(sql.placeholder(name), passages.passage)),
        sql`, `,
      )})`,
    ),
)

/** Which comments, by their numbers, have which of these passages. @param own at most `mostAsked` */
export async function havingPassages(
  db: Database,
  own: readonly number[],
): Promise<{ passage: number; number: number }[]> {
  const [first] = own
  if (first === undefined) return []
  return having(db).execute(Object.fromEntries(asked.map((name, place) => [name, own[place] ?? first])))
}

/** Of comments that have passages, those that stand in this consultation. @param numbers a few */
export function withPassages(
  db: Database,
  consultationId: string,
  numbers: readonly number[],
): Promise<Representative[]> {
  return db.query
    .select({ ...texted, campaignId: campaigns.id })
    .from(comments)
    .leftJoin(campaigns, eq(campaigns.representativeId, comments.id))
    .where(
      and(
        inArray(comments.number, [...numbers]),
        eq(comments.consultationId, consultationId),
        ne(comments.body, ''),
      ),
    )
    .orderBy(asc(comments.number))
}

/** The statements that keep the passages of a comment that is like no other yet. @param own at most `mostKept` */
export function keepPassages(tx: Query, { number }: Pick<Texted, 'number'>, own: readonly number[]) {
  return own.length === 0 ? [] : [insertPassages(tx, { number, ...named(own) })]
}

const keptNames = Array.from({ length: mostKept }, (_, place) => `kept${place}`)

function named(own: readonly number[]): Record<string, number> {
  return Object.fromEntries(own.map((passage, place) => [keptNames[place], passage]))
}

const insertPassages = filled((tx: Query, { number, ...own }: Record<string, number>) =>
  tx
    .insert(passages)
    .values(Object.values(own).map((passage) => ({ passage, commentNumber: number })) as Passage[])
    .onConflictDoNothing(),
)
type Passage = typeof passages.$inferInsert

/** The statement after which a comment is known by no passage. */
export function forgetPassages(tx: Pick<Query, 'delete' | 'select'>, commentId: string): Statement {
  const number = tx.select({ number: comments.number }).from(comments).where(eq(comments.id, commentId))
  return tx.delete(passages).where(inArray(passages.commentNumber, number))
}

/** Comments of which the passages are still to be read, the oldest first, without those that are marked. */
export async function unreadPassages(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: comments.id })
    .from(passages)
    .innerJoin(comments, eq(comments.number, passages.commentNumber))
    .where(and(eq(passages.passage, unread), unmarked(db.query, 'campaigns', comments.id)))
    .orderBy(asc(passages.commentNumber))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** Those of these comments of which the passages are still to be read, the oldest first. */
export function unreadTexts(db: Database, ids: string[]): Promise<Representative[]> {
  return db.query
    .select({ ...texted, campaignId: campaigns.id })
    .from(passages)
    .innerJoin(comments, eq(comments.number, passages.commentNumber))
    .leftJoin(campaigns, eq(campaigns.representativeId, comments.id))
    .where(and(eq(passages.passage, unread), inArray(comments.id, ids)))
    .orderBy(asc(passages.commentNumber))
}

/**
 * The statements after which a comment's passages have been read. They refuse their list where its words have changed
 * or were hidden meanwhile.
 */
export function markRead(tx: Query, { id, body }: Texted): Statement[] {
  const says = tx
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.id, id), eq(comments.body, body)))
  return [must('stale', heldRow(says)), forgetPassages(tx, id)]
}

/** The statements after which what a comment is known by is read from its words as they stand then, if it is known by any. */
export function readPassagesAnew(tx: Query, number: number): Statement[] {
  const { passage, commentNumber } = passages
  const isKnown = tx
    .select({ passage: sql<number>`${unread}`.as('passage'), commentNumber })
    .from(passages)
    .where(eq(commentNumber, number))
    .limit(1)
  return [
    tx.insert(passages).select(isKnown).onConflictDoNothing(),
    tx.delete(passages).where(and(eq(commentNumber, number), ne(passage, unread))),
  ]
}
