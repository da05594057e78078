import { and, desc, eq, gt, inArray, isNull, lt, ne, or, type SQL, sql, sum } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { WordCounts } from '../../../server/text/words/key-terms.ts'
import type { Database } from '../../database.ts'
import { clauseWords, commentCounts, comments } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'

/** A clause whose words have not been counted, or not since its comments changed. */
export interface UncountedClause {
  consultationId: string
  clause: string
  admitted: number
}

/**
 * The keys of clauses to count next, without those that are marked.
 * @param before a count older than this is done again if it is behind
 */
export async function uncountedClauses(db: Database, before: Date, most: number): Promise<string[]> {
  const { consultationId, clause } = commentCounts
  const key = sql`${consultationId} || ${separator} || ${clause}`
  const rows = await uncounted(db, before, unmarked(db.query, 'clause_words', key)).limit(most)
  return rows.map((row) => `${row.consultationId}${separator}${row.clause}`)
}

/** One of them, if it is still to be counted; null where it is not. */
export async function uncountedClause(
  db: Database,
  before: Date,
  key: string,
): Promise<UncountedClause | null> {
  const end = key.indexOf(separator)
  const { consultationId, clause } = commentCounts
  const isIt = and(eq(consultationId, key.slice(0, end)), eq(clause, key.slice(end + 1)))
  const [row] = await uncounted(db, before, isIt)
  return row ?? null
}

/** In no consultation's id. */
const separator = ':'

function uncounted(db: Database, before: Date, condition: SQL | undefined) {
  const { consultationId, clause, state, count } = commentCounts
  const admitted = sum(count).mapWith(Number)
  return db.query
    .select({ consultationId, clause, admitted: sql`coalesce(${admitted}, 0)`.mapWith(Number) })
    .from(commentCounts)
    .leftJoin(
      clauseWords,
      and(eq(clauseWords.consultationId, consultationId), eq(clauseWords.clause, clause)),
    )
    .where(and(inArray(state, [...admittedStates]), condition))
    .groupBy(consultationId, clause, clauseWords.admitted, clauseWords.countedAt)
    .having(
      and(
        gt(sum(count), sql`0`),
        or(
          isNull(clauseWords.admitted),
          and(ne(clauseWords.admitted, sum(count)), lt(clauseWords.countedAt, before)),
        ),
      ),
    )
}

/** What the newest admitted comments of a clause say. */
export async function newestTexts(
  db: Database,
  { consultationId, clause }: UncountedClause,
  most: number,
): Promise<string[]> {
  const rows = await db.query
    .select({ body: comments.body })
    .from(comments)
    .where(
      and(
        eq(comments.consultationId, consultationId),
        eq(comments.clause, clause),
        inArray(comments.state, [...admittedStates]),
      ),
    )
    .orderBy(desc(comments.id))
    .limit(most)
  return rows.map(({ body }) => body)
}

export async function keepClauseWords(
  db: Database,
  { consultationId, clause, admitted }: UncountedClause,
  { texts, words }: WordCounts,
  now: Date,
): Promise<void> {
  const kept = { admitted, texts, words, countedAt: now }
  await db.atomically((tx) => [
    tx
      .insert(clauseWords)
      .values({ consultationId, clause, ...kept })
      .onConflictDoUpdate({ target: [clauseWords.consultationId, clauseWords.clause], set: kept }),
  ])
}

/** The counted words of each clause, by its key. */
export async function clauseWordsOf(db: Database, consultationId: string): Promise<Map<string, WordCounts>> {
  const { clause, texts, words } = clauseWords
  const rows = await db.query
    .select({ clause, texts, words })
    .from(clauseWords)
    .where(eq(clauseWords.consultationId, consultationId))
  return new Map(rows.map(({ clause, ...counts }) => [clause, counts]))
}
