import { and, asc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm'
import {
  type CommentText,
  type MarkedSpan,
  proposedSpans,
  unhandledCount,
} from '../../../server/rules/moderation/redactions.ts'
import { type Known, rulesVersion } from '../../../server/rules/personal-data/finding.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { prepared } from '../../prepared.ts'
import { comments, examinations } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'
import { knownPersons } from '../personal-data/known-persons.ts'
import { flaggedWords } from '../settings.ts'
import { notDue } from './due-decisions.ts'

/** What a comment was found to hold, and what moderators have made of it. */
export interface Examination {
  spans: MarkedSpan[]
  flagged: string[]
  /** Names what was seen; a change of the spans raises it. */
  revision: number
}

/** A comment as it is searched. */
export interface Examined extends CommentText {
  id: string
  version: number
}

/** A comment that was searched, with what was found. */
export interface Searched extends Examined {
  spans: MarkedSpan[]
}

const firstRevision = 1

const stored = prepared('examination', (query) => {
  const { commentId, version } = examinations
  return query
    .select()
    .from(examinations)
    .where(
      and(
        eq(commentId, sql.param(sql.placeholder('id'), commentId)),
        eq(version, sql.param(sql.placeholder('version'), version)),
      ),
    )
})

/** The examination of this version of a comment; one that has not been stored yet is made on the spot. */
export async function examinationOf(db: Database, seals: Seals, comment: Examined): Promise<Examination> {
  const [row] = await stored(db).execute({ id: comment.id, version: comment.version })
  if (row) return row
  const known = await knownPersons(db, seals, [comment.id])
  return examine(comment, known.get(comment.id), await flaggedWords(db))
}

/** The same for many comments, by their ids. */
export async function examinationsOf(
  db: Database,
  seals: Seals,
  comments: readonly Examined[],
): Promise<Map<string, Examination>> {
  const found = new Map<string, typeof examinations.$inferSelect>()
  for (let done = 0; done < comments.length; done += 1000) {
    const ids = comments.slice(done, done + 1000).map(({ id }) => id)
    const rows = await db.query.select().from(examinations).where(inArray(examinations.commentId, ids))
    for (const row of rows) found.set(row.commentId, row)
  }
  const isKept = ({ id, version }: Examined) => found.get(id)?.version === version
  const unkept = comments.filter((comment) => !isKept(comment)).map(({ id }) => id)
  const known = await knownPersons(db, seals, unkept)
  const words = await flaggedWords(db)
  return new Map(
    comments.map((comment) => {
      const row = found.get(comment.id)
      return [comment.id, row && isKept(comment) ? row : examine(comment, known.get(comment.id), words)]
    }),
  )
}

function examine(comment: CommentText, known: Known | undefined, words: readonly string[]): Examination {
  return { spans: proposedSpans(comment, known), flagged: flaggedIn(comment, words), revision: firstRevision }
}

function flaggedIn({ body, wording }: CommentText, words: readonly string[]): string[] {
  const text = `${body}\n${wording ?? ''}`
  return words.filter((word) => text.includes(word))
}

/** Comments that wait and have not been examined in their present version, the oldest first, without those that are marked. */
export async function unexamined(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: comments.id })
    .from(comments)
    .where(and(isUnexamined, unmarked(db.query, 'examinations', comments.id)))
    .orderBy(asc(comments.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** Without a parameter, as the index is told it: else it would not be used. */
const isUnexamined = and(sql`${comments.unexamined} = true`, eq(comments.state, 'pending'))

/** What is to be searched of those of these comments that still wait for it. */
export function unexaminedTexts(db: Database, ids: string[]): Promise<Examined[]> {
  return db.query
    .select({ id: comments.id, version: comments.version, body: comments.body, wording: comments.wording })
    .from(comments)
    .where(and(inArray(comments.id, ids), isUnexamined))
    .orderBy(asc(comments.id))
}

/** Stores what was found in comments, so that the queue can be narrowed to them. Whoever does it twice stores the same. */
export async function keepExaminations(db: Database, searched: Searched[], now: Date): Promise<void> {
  if (searched.length === 0) return
  const words = await flaggedWords(db)
  await db.atomically((tx) =>
    searched.flatMap(({ spans, ...comment }) => {
      const { id: commentId, version } = comment
      const flagged = flaggedIn(comment, words)
      const unhandled = unhandledCount(spans)
      const found = {
        commentId,
        version,
        spans,
        unhandled,
        flagged,
        revision: firstRevision,
        createdAt: now,
        rules: rulesVersion,
      }
      return [keepFound(tx, found), markExamined(tx, { commentId, version })]
    }),
  )
}

const keepFound = filled((tx: Query, row: typeof examinations.$inferSelect) => {
  const { commentId: _, createdAt: __, ...found } = row
  // Of other words it begins anew; of the same, found by newer rules, whoever has seen the older has to look again.
  const revision = sql`case when ${examinations.version} = ${row.version} then ${examinations.revision} + 1 else ${row.revision} end`
  return tx
    .insert(examinations)
    .values(row)
    .onConflictDoUpdate({
      target: examinations.commentId,
      set: { ...found, revision },
      setWhere: or(ne(examinations.version, row.version), lt(examinations.rules, row.rules ?? 0)),
    })
})
const markExamined = filled((tx: Query, { commentId, version }: { commentId: string; version: number }) =>
  tx
    .update(comments)
    .set({ unexamined: false })
    .where(and(eq(comments.id, commentId), eq(comments.version, version))),
)

/**
 * Stores what a moderator made of the spans.
 * @param seen the examination that they saw
 * @throws Refused where somebody else has changed it since, or the comment is decided
 */
export async function changeSpans(
  db: Database,
  comment: Examined,
  seen: Examination,
  spans: MarkedSpan[],
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must('stale', notDue(tx, comment.id)),
    keepSpans(tx, comment, seen, spans, act.now),
    logAct(tx, act, 'comment.mark', comment.id, {
      version: comment.version,
      spans: placesOf(spans),
    }),
  ])
}

/** The statement that stores the spans if they are still those that were seen, or returns nothing. */
export function keepSpans(
  tx: Pick<Query, 'insert'>,
  { id, version }: Pick<Examined, 'id' | 'version'>,
  seen: Examination,
  spans: MarkedSpan[],
  now: Date,
) {
  const { flagged, revision } = seen
  const kept = { version, spans, unhandled: unhandledCount(spans), revision: revision + 1 }
  return must(
    'stale',
    keep(tx, { commentId: id, ...kept, flagged, createdAt: now, rules: null, seen: revision }),
  )
}

const keep = filled(
  (tx: Pick<Query, 'insert'>, { seen, ...row }: typeof examinations.$inferSelect & { seen: number }) => {
    const { version, spans, unhandled, revision, rules } = row
    return tx
      .insert(examinations)
      .values(row)
      .onConflictDoUpdate({
        target: examinations.commentId,
        set: { version, spans, unhandled, revision, rules },
        setWhere: or(ne(examinations.version, version), eq(examinations.revision, seen)),
      })
      .returning({ id: examinations.commentId })
  },
)

/** Where the spans lie and of what kind they are, without what they hold: for the log. */
export function placesOf(spans: readonly MarkedSpan[]): string[] {
  return spans.map(
    ({ field, start, end, kind, hidden }) =>
      `${field}:${start}-${end} ${kind} ${hidden === null ? 'open' : hidden ? 'hidden' : 'shown'}`,
  )
}
