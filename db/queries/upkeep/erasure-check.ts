import { and, asc, eq, exists, inArray, isNull, ne, notExists, or, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import {
  campaignMembers,
  comments,
  examinations,
  fingerprintBands,
  log,
  originals,
  passages,
  versions,
} from '../../schema/index.ts'

/** A comment whose words are gone and should not be, or are not gone from everywhere. */
export interface WrongErasure {
  id: string
  problem: 'unlogged' | 'incomplete'
}

/** Compares comments without words with the log, in which each erasure stands, and with what might still hold their words. */
export async function wrongErasures(db: Database): Promise<WrongErasure[]> {
  const [unlogged, incomplete] = await Promise.all([
    wordless(db, notExists(logged(db))),
    wordless(db, or(...traces(db).map((trace) => exists(trace)))),
  ])
  return [
    ...unlogged.map(({ id }) => ({ id, problem: 'unlogged' as const })),
    ...incomplete.map(({ id }) => ({ id, problem: 'incomplete' as const })),
  ]
}

function wordless(db: Database, condition: ReturnType<typeof or>): Promise<{ id: string }[]> {
  return db.slow
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.body, ''), condition))
    .orderBy(asc(comments.number))
}

function logged(db: Database) {
  return db.slow
    .select({ one: sql`1` })
    .from(log)
    .where(and(eq(log.subject, comments.id), inArray(log.act, ['comment.withdraw', 'comment.seal'])))
}

function traces(db: Database): SQLWrapper[] {
  const one = { one: sql`1` }
  const { commentId } = versions
  return [
    db.slow
      .select(one)
      .from(versions)
      .where(and(eq(commentId, comments.id), ne(versions.body, ''))),
    db.slow
      .select(one)
      .from(originals)
      .where(and(eq(originals.commentId, comments.id), isNull(originals.keptUntil))),
    db.slow.select(one).from(examinations).where(eq(examinations.commentId, comments.id)),
    db.slow.select(one).from(campaignMembers).where(eq(campaignMembers.commentId, comments.id)),
    db.slow.select(one).from(fingerprintBands).where(eq(fingerprintBands.commentId, comments.id)),
    db.slow.select(one).from(passages).where(eq(passages.commentNumber, comments.number)),
  ]
}
