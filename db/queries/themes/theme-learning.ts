import { and, asc, eq, inArray, isNotNull, lt, notExists, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import {
  comments,
  commentThemes,
  type KeptCandidate,
  type LearningStanding,
  points,
  splits,
  themeLearning,
  themeProposals,
  themeReadings,
} from '../../schema/index.ts'
import { unmarked } from '../faults.ts'

/** After so many acts of staff all is learnt anew. */
const actsToLearn = 10

/** The statement that asks for a consultation's comments to be read for themes, as soon as may be. */
export function askToLearn(tx: Query, consultationId: string, now: Date) {
  const asked = { askedAt: now, acts: 0 }
  return tx
    .insert(themeLearning)
    .values({ consultationId, ...asked })
    .onConflictDoUpdate({ target: themeLearning.consultationId, set: asked })
}

/** The statement that counts an act that put something under a theme; every tenth asks to learn anew. */
export function countTowardsLearning(tx: Query, consultationId: string, now: Date) {
  const { acts, askedAt } = themeLearning
  return tx
    .insert(themeLearning)
    .values({ consultationId, acts: 1, askedAt: null })
    .onConflictDoUpdate({
      target: themeLearning.consultationId,
      set: {
        acts: sql`case when ${acts} + 1 >= ${actsToLearn} then 0 else ${acts} + 1 end`,
        askedAt: sql`case when ${acts} + 1 >= ${actsToLearn} then ${sql.param(now, askedAt)} else ${askedAt} end`,
      },
    })
}

/** Asks for it, by a person. */
export async function askForLearning(db: Database, consultationId: string, act: Act): Promise<void> {
  await db.atomically((tx) => [
    askToLearn(tx, consultationId, act.now),
    logAct(tx, act, 'theme.learn', consultationId),
  ])
}

/**
 * Takes a candidate off the list, since it was dropped or made into a theme.
 * @param first its key
 * @throws Refused where all was learnt anew since the page was shown
 */
export async function dropCandidate(
  db: Database,
  consultationId: string,
  first: string,
  { standing, learntAt }: Learning,
  act: Act,
): Promise<void> {
  if (!standing) return
  const candidates = standing.candidates.filter((candidate) => keyOf(candidate) !== first)
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(themeLearning)
        .set({ standing: { ...standing, candidates } })
        .where(
          and(
            eq(themeLearning.consultationId, consultationId),
            learntAt ? eq(themeLearning.learntAt, learntAt) : undefined,
          ),
        )
        .returning({ id: themeLearning.consultationId }),
    ),
    logAct(tx, act, 'theme.drop', consultationId, { comments: [first] }),
  ])
}

/** What a candidate is called in addresses: its first comment, or where it has none its first part of a letter. */
export function keyOf({ comments, points = [] }: KeptCandidate): string {
  return comments[0] ?? points[0] ?? ''
}

/** The consultations whose comments are to be read for themes, without those that are marked. */
export async function consultationsToLearn(db: Database, most: number): Promise<string[]> {
  const { consultationId, askedAt } = themeLearning
  const rows = await db.query
    .select({ consultationId })
    .from(themeLearning)
    .where(and(isNotNull(askedAt), unmarked(db.query, 'themes', consultationId)))
    .orderBy(asc(askedAt))
    .limit(most)
  return rows.map(({ consultationId }) => consultationId)
}

export interface Learning {
  askedAt: Date | null
  learntAt: Date | null
  standing: LearningStanding | null
}

/** How far a consultation's learning has come; null where nobody has asked for it. */
export async function learningOf(db: Database, consultationId: string): Promise<Learning | null> {
  const { askedAt, learntAt, standing } = themeLearning
  const [row] = await db.query
    .select({ askedAt, learntAt, standing })
    .from(themeLearning)
    .where(eq(themeLearning.consultationId, consultationId))
  return row ?? null
}

/** A comment as it is read for themes. */
export interface ReadComment {
  id: string
  publicId: string
  text: string
  stance: string
  sender: string
}

/** The admitted comments that are their own one point, and under which themes persons have put them. */
export async function commentsToLearn(
  db: Database,
  consultationId: string,
  most: number,
): Promise<{ comments: ReadComment[]; assigned: { commentId: string; themeId: string }[] }> {
  const { id, publicId, body: text, stance, submissionId: sender } = comments
  const parted = db.slow
    .select({ one: sql`1` })
    .from(splits)
    .where(and(eq(splits.commentId, id), eq(splits.state, 'split')))
  const isRead = and(
    eq(comments.consultationId, consultationId),
    inArray(comments.state, [...admittedStates]),
    notExists(parted),
  )
  const [read, assigned] = await Promise.all([
    db.slow
      .select({ id, publicId, text, stance, sender })
      .from(comments)
      .where(isRead)
      .orderBy(asc(id))
      .limit(most),
    db.slow
      .select({ commentId: commentThemes.commentId, themeId: commentThemes.themeId })
      .from(commentThemes)
      .innerJoin(comments, eq(comments.id, commentThemes.commentId))
      .where(isRead)
      .orderBy(asc(commentThemes.commentId), asc(commentThemes.themeId)),
  ])
  return { comments: read, assigned }
}

/** A part of a split letter as it is read for themes. */
export interface ReadPart extends Omit<ReadComment, 'id'> {
  id: string
  /** Under which a person has put it; null: under none. */
  themeId: string | null
}

/** The parts of split letters that are admitted, in the order of their ids. */
export function partsToLearn(db: Database, consultationId: string, most: number): Promise<ReadPart[]> {
  const { publicId, body, submissionId: sender } = comments
  const { id, start, end, stance } = points
  // Where none was chosen for the part, it is under that of its comment.
  const ofComment = db.slow
    .select({ themeId: sql`min(${commentThemes.themeId})` })
    .from(commentThemes)
    .where(eq(commentThemes.commentId, comments.id))
  return db.slow
    .select({
      ...{ id, publicId, stance, sender },
      themeId: sql<string | null>`coalesce(${points.themeId}, (${ofComment}))`,
      text: sql<string>`substr(${body}, ${start} + 1, ${end} - ${start})`,
    })
    .from(points)
    .innerJoin(comments, eq(comments.id, points.commentId))
    .where(
      and(
        eq(points.consultationId, consultationId),
        eq(points.kind, 'point'),
        inArray(comments.state, [...admittedStates]),
      ),
    )
    .orderBy(asc(id))
    .limit(most)
}

const other = alias(themeReadings, 'other')

/** Of comments that two persons have read, on how many they agree; and of what was proposed, how much was confirmed. */
export async function agreementIn(
  db: Database,
  consultationId: string,
): Promise<Pick<LearningStanding, 'twice' | 'agreed' | 'checked' | 'confirmed'>> {
  const { themeId, proposedId } = themeReadings
  const same = sql`coalesce(${themeId}, '') = coalesce(${other.themeId}, '')`
  const of = eq(themeReadings.consultationId, consultationId)
  const counted = (condition: ReturnType<typeof sql>) =>
    sql`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number)
  const [[pairs], [read]] = await Promise.all([
    db.slow
      .select({ twice: sql`count(*)`.mapWith(Number), agreed: counted(same) })
      .from(themeReadings)
      .innerJoin(
        other,
        and(eq(other.commentId, themeReadings.commentId), lt(themeReadings.staffId, other.staffId)),
      )
      .where(of),
    db.slow
      .select({ checked: sql`count(*)`.mapWith(Number), confirmed: counted(sql`${themeId} = ${proposedId}`) })
      .from(themeReadings)
      .where(and(of, isNotNull(proposedId))),
  ])
  return { twice: 0, agreed: 0, checked: 0, confirmed: 0, ...pairs, ...read }
}

export interface KeptProposal {
  commentId: string
  themeId: string
  confidence: number
  words: string[]
}

/** So many rows a statement, under what either engine takes as parameters. */
const rowsAtOnce = 500

/**
 * Keeps what was learnt instead of what was there before. What was put under a theme, or asked for anew, while it was
 * learnt stands.
 */
export async function keepLearnt(
  db: Database,
  consultationId: string,
  {
    proposals,
    standing,
    askedAt,
  }: { proposals: KeptProposal[]; standing: LearningStanding; askedAt: Date | null },
  now: Date,
): Promise<void> {
  const parts = Array.from({ length: Math.ceil(proposals.length / rowsAtOnce) }, (_, i) =>
    proposals.slice(i * rowsAtOnce, (i + 1) * rowsAtOnce),
  )
  await db.atomically((tx) => [
    tx.delete(themeProposals).where(eq(themeProposals.consultationId, consultationId)),
    ...parts.map((rows) => tx.insert(themeProposals).values(rows.map((row) => ({ consultationId, ...row })))),
    tx
      .delete(themeProposals)
      .where(
        and(
          eq(themeProposals.consultationId, consultationId),
          inArray(
            themeProposals.commentId,
            tx
              .select({ id: commentThemes.commentId })
              .from(commentThemes)
              .where(eq(commentThemes.commentId, themeProposals.commentId)),
          ),
        ),
      ),
    tx
      .update(themeLearning)
      .set({
        standing,
        learntAt: now,
        askedAt: sql`case when ${themeLearning.askedAt} = ${sql.param(askedAt, themeLearning.askedAt)} then null else ${themeLearning.askedAt} end`,
      })
      .where(eq(themeLearning.consultationId, consultationId)),
  ])
}
