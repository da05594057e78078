import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import type { Arrangement, Point } from '../../../server/rules/points/arrangement.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { heldRow } from '../../held-row.ts'
import { comments, points, responseComments, splits } from '../../schema/index.ts'
import { countAnswer, uncountAnswer } from '../comments/answer-counts.ts'
import { raiseRevision } from '../consultations/consultations.ts'
import { departmentIsOpen } from './open-departments.ts'
import { pointProposes } from './proposing.ts'
import { countSplits, uncountSplits } from './split-counts.ts'
import type { SplitComment } from './splits.ts'

/** What a comment is parted into. */
export interface Arranged {
  state: 'waiting' | 'single' | 'split'
  arrangement: Arrangement
  /** How many sentences have no account yet. */
  uncovered: number
}

/**
 * Parts a comment anew, all or nothing: its points, what they count for, and the log. The first time its answer becomes
 * that of its points, and where it is one point again the answer is the comment's own.
 * @param seen the comment as it was read
 * @throws Refused where it was revised, judged or parted by somebody else meanwhile, or a department to which a point is given
 * answers no more
 */
export async function arrange(
  db: Database,
  seen: SplitComment,
  arranged: Arranged,
  act: Act,
  name: ActName,
): Promise<void> {
  const { id, publicId, consultationId, split } = seen
  await db.atomically((tx) => [
    must('stale', isAsSeen(tx, seen)),
    must('stale', taken(tx, seen, act)),
    ...givenAnew(seen, arranged).map((departmentId) =>
      departmentIsOpen(tx, { consultationId, departmentId }),
    ),
    ...uncountAnswer(tx, id),
    ...uncountSplits(tx, { comments: [id] }),
    ...stored(tx, seen, arranged, act),
    ...countAnswer(tx, id),
    ...countSplits(tx, { comments: [id] }),
    ...(split.settled.size > 0 ? [raiseRevision(tx, consultationId)] : []),
    logAct(tx, act, name, id, { comment: publicId, points: told(arranged.arrangement) }),
  ])
}

/**
 * Agrees that a passage asks for nothing: another person than who marked it.
 * @throws Refused where it is no such passage, the same person marked it, or the comment was parted meanwhile
 */
export async function confirmPassage(
  db: Database,
  seen: SplitComment,
  pointId: string,
  act: Act,
): Promise<void> {
  const { id, publicId } = seen
  const passage = and(
    eq(points.id, pointId),
    eq(points.commentId, id),
    eq(points.kind, 'no_proposal'),
    ne(points.markedBy, act.staffId),
  )
  await db.atomically((tx) => [
    must('stale', isAsSeen(tx, seen)),
    must('stale', taken(tx, seen, act)),
    ...uncountSplits(tx, { comments: [id] }),
    must(
      'stale',
      tx.update(points).set({ confirmedBy: act.staffId }).where(passage).returning({ id: points.id }),
    ),
    ...countSplits(tx, { comments: [id] }),
    logAct(tx, act, 'comment.confirm_passage', id, { comment: publicId, passage: pointId }),
  ])
}

/** The comment says what it said, and is as admitted as it was. */
function isAsSeen(tx: Query, { id, version, review }: SplitComment): Statement<unknown[]> {
  return heldRow(
    tx
      .select({ id: comments.id })
      .from(comments)
      .where(
        and(
          eq(comments.id, id),
          eq(comments.version, version),
          eq(comments.review, review),
          inArray(comments.state, [...admittedStates]),
        ),
      ),
  )
}

/** Nobody has parted it since: of two at the same moment one finds the revision that both have seen. */
function taken(tx: Query, { id, consultationId, body, split }: SplitComment, act: Act) {
  const begun = {
    ...{ commentId: id, consultationId, state: 'waiting', length: [...body].length, uncovered: 0 },
    ...{ before: null, staffId: act.staffId, updatedAt: act.now, revision: 1 },
    ...{ isOpen: false, unanswered: 0, outcome: null },
  }
  return tx
    .insert(splits)
    .values(begun)
    .onConflictDoUpdate({
      target: splits.commentId,
      set: { revision: sql`${splits.revision} + 1`, staffId: act.staffId, updatedAt: act.now },
      setWhere: eq(splits.revision, split.revision),
    })
    .returning({ id: splits.commentId })
}

function stored(tx: Query, seen: SplitComment, { state, arrangement, uncovered }: Arranged, act: Act) {
  const { id, consultationId, split } = seen
  const row = (point: Point) => ({
    ...point,
    ...{ commentId: id, consultationId, markedBy: act.staffId, markedAt: act.now },
    proposes: pointProposes(seen, point),
  })
  const ids = arrangement.map((point) => point.id)
  const moved = arrangement.filter((point) => !split.arrangement.includes(point))
  return [
    tx.delete(responseComments).where(eq(responseComments.commentId, id)),
    tx
      .delete(points)
      .where(and(eq(points.commentId, id), ids.length > 0 ? notInArray(points.id, ids) : undefined)),
    ...partsOf(moved.map(row)).map((rows) =>
      tx.insert(points).values(rows).onConflictDoUpdate({ target: points.id, set: asNow }),
    ),
    ...(state !== 'split' && split.responseId
      ? [tx.insert(responseComments).values({ commentId: id, responseId: split.responseId })]
      : []),
    tx.update(splits).set({ state, uncovered, before: split.arrangement }).where(eq(splits.commentId, id)),
  ] as Statement[]
}

/** The departments to which points are given that they had not. */
function givenAnew({ split }: SplitComment, { arrangement }: Arranged): string[] {
  const had = new Map(split.arrangement.map(({ id, departmentId }) => [id, departmentId]))
  const given = arrangement.filter(({ id, departmentId }) => departmentId !== (had.get(id) ?? null))
  return [...new Set(given.flatMap(({ departmentId }) => departmentId ?? []))]
}

/** One statement for many points: built one by one, those of a long letter took as long as all else. */
function partsOf<Row>(rows: Row[]): Row[][] {
  const parts: Row[][] = []
  for (let from = 0; from < rows.length; from += atOnce) parts.push(rows.slice(from, from + atOnce))
  return parts
}

const atOnce = 500

/** What may have changed of a point that is there already. */
const asNow = Object.fromEntries(
  (
    [
      ...['start', 'end', 'kind', 'clause', 'stance', 'themeId', 'departmentId', 'dueOn', 'concernId'],
      ...['responseId', 'reason', 'confirmedBy', 'markedBy', 'markedAt', 'proposes'],
    ] as (keyof typeof points.$inferSelect)[]
  ).map((name) => [name, sql.raw(`excluded."${points[name].name}"`)]),
)

/** As the log keeps it. */
function told(arrangement: Arrangement) {
  return arrangement.map(({ id, start, end, kind, clause, stance, reason }) =>
    kind === 'point' ? { id, start, end, clause, stance } : { id, start, end, kind, reason },
  )
}
