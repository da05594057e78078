import { and, asc, eq, gte, inArray, isNotNull, lt, max, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, revisedWordings, rounds, wordingComments } from '../../schema/index.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { keepRemoval, keepVersion, type Versioned } from '../versions/office-versions.ts'

export interface RevisedWording {
  id: string
  /** The round whose clause it rewords. */
  round: number
  clause: string
  text: string
  reason: string
  updatedAt: Date
}

/** The clauses of the newest published round that the office has reworded so far. */
export function revisedWordingsOf(db: Database, consultationId: string): Promise<RevisedWording[]> {
  const { id, round, clause, text, reason, updatedAt } = revisedWordings
  const newest = db.query
    .select({ number: max(rounds.number) })
    .from(rounds)
    .where(and(eq(rounds.consultationId, consultationId), isNotNull(rounds.publishedAt)))
  return db.query
    .select({ id, round, clause, text, reason, updatedAt })
    .from(revisedWordings)
    .where(and(eq(revisedWordings.consultationId, consultationId), eq(round, newest)))
}

/** The comments that led a clause to read otherwise in a later round. */
export interface WordingSource {
  clause: string
  /** The comments that the public may read. */
  published: string[]
  /** How many more there are that it may not. */
  others: number
}

/** What led to the wordings that round `from` and those before round `to` were given. */
export async function wordingSources(
  db: Database,
  consultationId: string,
  from: number,
  to: number,
): Promise<WordingSource[]> {
  const { id, round, clause } = revisedWordings
  const rows = await db.query
    .select({ id, clause, publicId: comments.publicId, state: comments.state })
    .from(revisedWordings)
    .leftJoin(wordingComments, eq(wordingComments.wordingId, id))
    .leftJoin(comments, eq(comments.id, wordingComments.commentId))
    .where(and(eq(revisedWordings.consultationId, consultationId), gte(round, from), lt(round, to)))
    .orderBy(asc(round), asc(comments.publicId))
  return [...new Set(rows.map((row) => row.id))].flatMap((wording) => {
    const group = rows.filter((row) => row.id === wording)
    const [first] = group
    if (!first) return []
    const published = group.flatMap(({ publicId, state }) =>
      publicId && state === 'published' ? [publicId] : [],
    )
    const others = group.filter(({ state }) => state === 'withheld').length
    return [{ clause: first.clause, published, others }]
  })
}

/** Which comments led to a wording, by their public ids. */
export async function commentsBehind(db: Database, wordingId: string): Promise<string[]> {
  const rows = await db.query
    .select({ id: comments.publicId })
    .from(wordingComments)
    .innerJoin(comments, eq(comments.id, wordingComments.commentId))
    .where(eq(wordingComments.wordingId, wordingId))
    .orderBy(asc(wordingComments.commentId))
  return rows.map(({ id }) => id)
}

/**
 * Sets a clause's revised wording and the comments that led to it, in place of what it had.
 * @param wording with the round whose clause it is, and the revision in whose place it is set, 0 where it had none
 * @param publicIds the comments'; those of other consultations, and those that were not admitted, are left out
 * @throws Refused where somebody has set another since
 */
export async function rewordClause(
  db: Database,
  consultationId: string,
  wording: Pick<RevisedWording, 'round' | 'clause' | 'text' | 'reason'> & { revision: number },
  publicIds: string[],
  act: Act,
): Promise<void> {
  const id = uuid()
  const { round, clause, text, reason, revision } = wording
  const kept = { text, reason, staffId: act.staffId, updatedAt: act.now }
  await db.atomically((tx) => {
    const here = tx
      .select({ id: revisedWordings.id })
      .from(revisedWordings)
      .where(
        and(
          eq(revisedWordings.consultationId, consultationId),
          eq(revisedWordings.round, round),
          eq(revisedWordings.clause, clause),
        ),
      )
    return [
      tx
        .insert(revisedWordings)
        .values({ id, consultationId, round, clause, ...kept })
        .onConflictDoUpdate({
          target: [revisedWordings.consultationId, revisedWordings.round, revisedWordings.clause],
          set: kept,
        }),
      tx.delete(wordingComments).where(inArray(wordingComments.wordingId, here)),
      tx
        .insert(wordingComments)
        .select(
          tx
            .select({ wordingId: sql<string>`(${here})`.as('wording_id'), commentId: comments.id })
            .from(comments)
            .where(
              and(
                eq(comments.consultationId, consultationId),
                inArray(comments.publicId, publicIds),
                inArray(comments.state, [...admittedStates]),
              ),
            ),
        )
        .onConflictDoNothing(),
      raiseRevision(tx, consultationId),
      ...keepVersion(
        tx,
        versionedWording(consultationId, wording),
        { opened: revision, said: { text, reason, comments: publicIds } },
        act,
      ),
      logAct(tx, act, 'wording.revise', consultationId, { round, clause, revision: revision + 1 }),
    ]
  })
}

/** Takes a clause's revised wording back; the clause stands as it was put out. @throws Refused where it has none */
export async function dropWording(
  db: Database,
  consultationId: string,
  { id, round, clause }: Pick<RevisedWording, 'id' | 'round' | 'clause'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    tx.delete(wordingComments).where(eq(wordingComments.wordingId, id)),
    must(
      'gone',
      tx
        .delete(revisedWordings)
        .where(and(eq(revisedWordings.id, id), eq(revisedWordings.consultationId, consultationId)))
        .returning({ id: revisedWordings.id }),
    ),
    raiseRevision(tx, consultationId),
    keepRemoval(tx, versionedWording(consultationId, { round, clause }), act),
    logAct(tx, act, 'wording.drop', consultationId, { clause }),
  ])
}

/** The wordings of a clause of a round, whatever rows held them one after the other. */
export function versionedWording(
  consultationId: string,
  { round, clause }: Pick<RevisedWording, 'round' | 'clause'>,
): Versioned {
  return { consultationId, kind: 'wording', row: `${round}-${clause}` }
}
