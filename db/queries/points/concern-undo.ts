import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Moved } from '../../../server/rules/points/moved.ts'
import { type Act, logAct } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { Refused } from '../../refused.ts'
import {
  concernMoves,
  concerns,
  departments,
  points,
  responses,
  staff,
  themes,
  wordingConcerns,
} from '../../schema/index.ts'
import { keepVersion, type OfficeVersion, versionsOf } from '../versions/office-versions.ts'
import { behindToo, movedInto } from './moving.ts'
import { countSplits, holdSplits, uncountSplits } from './split-counts.ts'

/** What was done last to the points of a concern. */
export interface LastMove {
  id: string
  moved: Moved
  by: string
  at: Date
}

/** null where nothing was, or it was undone. */
export async function lastMove(db: Database, concernId: string): Promise<LastMove | null> {
  const { id, moved, movedAt } = concernMoves
  const [row] = await db.query
    .select({ id, moved, by: staff.name, at: movedAt })
    .from(concernMoves)
    .innerJoin(staff, eq(staff.id, concernMoves.staffId))
    .where(eq(concernMoves.concernId, concernId))
  return row ?? null
}

/**
 * Undoes what was done last to the points of a concern: what came goes back where it was, or into none where that is gone;
 * what went comes back; a concern that was merged into it is there again, with its answers. Points that were moved on since,
 * and those whose answer was approved since in another concern than they would go to, stay.
 * @param seen what was to be undone
 * @throws Refused where something else was done since
 */
export async function undoMove(
  db: Database,
  consultationId: string,
  concernId: string,
  seen: string,
  act: Act,
): Promise<void> {
  const last = await lastMove(db, concernId)
  if (last?.id !== seen) throw new Refused('stale', 0)
  const { moved } = last
  const rows = await pointsOf(db, concernId, moved)
  const [back, before] = await Promise.all([
    standing(db, moved),
    moved.merged
      ? versionsOf(db, ofConcern(consultationId, moved.merged.id), { before: null, limit: 2 })
      : [],
  ])
  const ids = [...new Set(rows.map(({ commentId }) => commentId))]
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .delete(concernMoves)
        .where(and(eq(concernMoves.concernId, concernId), eq(concernMoves.id, seen)))
        .returning({ id: concernMoves.id }),
    ),
    ...(moved.merged ? partedAgain(tx, consultationId, moved.merged, before, act) : []),
    holdSplits(tx, { comments: ids }),
    ...uncountSplits(tx, { comments: ids }),
    ...(moved.merged ? answersBack(tx, concernId, moved.merged) : []),
    ...(moved.merged ? wordingsBack(tx, concernId, moved.merged) : []),
    ...moves(concernId, moved, rows, back).flatMap(([to, some]) =>
      movedInto(tx, to, and(inArray(points.id, some), isStillThere(concernId, moved))),
    ),
    ...countSplits(tx, { comments: ids }),
    logAct(tx, act, 'concern.undo', concernId, { undone: moved.act, points: rows.map(({ id }) => id) }),
  ])
}

type Merged = NonNullable<Moved['merged']>

/** The points that would go back, as they are now. */
async function pointsOf(db: Database, concernId: string, moved: Moved) {
  const known = moved.points.map(({ id }) => id)
  if (known.length + moved.comments.length === 0) return []
  const rows = await db.query
    .select({ id: points.id, commentId: points.commentId, state: responses.state })
    .from(points)
    .leftJoin(responses, eq(responses.id, points.responseId))
    .where(
      and(
        or(inArray(points.id, known), inArray(points.commentId, moved.comments)),
        isStillThere(concernId, moved),
        eq(points.kind, 'point'),
      ),
    )
  // A merged concern takes its answers back with its points; else an approved one holds the point.
  return rows.filter(({ state }) => moved.merged !== null || state !== 'approved')
}

function isStillThere(concernId: string, { act }: Moved) {
  return act === 'let_go' ? isNull(points.concernId) : eq(points.concernId, concernId)
}

/** Which of the concerns in which points were before are still there. */
async function standing(db: Database, moved: Moved): Promise<Set<string>> {
  const from = [...new Set(moved.points.flatMap(({ from }) => (from === null ? [] : [from])))]
  if (from.length === 0) return new Set()
  const rows = await db.query.select({ id: concerns.id }).from(concerns).where(inArray(concerns.id, from))
  return new Set([...rows.map(({ id }) => id), ...(moved.merged ? [moved.merged.id] : [])])
}

/** The points that go back, by the concern to which they go; null: to none. */
function moves(
  concernId: string,
  { act, points: moved }: Moved,
  rows: { id: string }[],
  back: ReadonlySet<string>,
): [to: string | null, ids: string[]][] {
  const before = new Map(moved.map(({ id, from }) => [id, from]))
  const groups = new Map<string | null, string[]>()
  for (const { id } of rows) {
    const from = act === 'let_go' ? concernId : (before.get(id) ?? null)
    const to = from !== null && (from === concernId || back.has(from)) ? from : null
    groups.set(to, [...(groups.get(to) ?? []), id])
  }
  return [...groups]
}

/** The statements after which a concern that was merged is there again, as it was last worded. */
function partedAgain(
  tx: Query,
  consultationId: string,
  { id, staffId, createdAt, dueOn }: Merged,
  [removal, last]: OfficeVersion[],
  act: Act,
): Statement[] {
  const said = last?.said
  if (!removal || !said) throw new Refused('stale', 0)
  const theme = sql<
    string | null
  >`(select ${themes.id} from ${themes} where ${themes.id} = ${said.theme ?? ''})`
  // One that answers no more has handed over what it had: nothing comes back to it.
  const department = sql<string | null>`(select ${departments.id} from ${departments}
    where ${departments.id} = ${said.department ?? ''} and ${departments.closedAt} is null)`
  const row = {
    ...{ id, consultationId, sentence: String(said.sentence), clause: String(said.clause), count: 0 },
    ...{ themeId: theme, departmentId: department },
    ...{ staffId, createdAt: new Date(createdAt), dueOn: dueOn ?? null },
  }
  return [
    tx.insert(concerns).values(row),
    ...keepVersion(tx, ofConcern(consultationId, id), { opened: removal.revision, said }, act),
  ]
}

function answersBack(tx: Query, concernId: string, { id, responses: own }: Merged): Statement[] {
  if (own.length === 0) return []
  const isOwn = and(inArray(responses.id, own), eq(responses.concernId, concernId))
  return [tx.update(responses).set({ concernId: id }).where(isOwn)]
}

/** The wordings that are still there have the concern behind them again, and the other where it was. */
function wordingsBack(tx: Query, concernId: string, { id, wordings }: Merged): Statement[] {
  const lent = wordings.filter(({ shared }) => !shared).map((one) => one.id)
  const isLent = and(eq(wordingConcerns.concernId, concernId), inArray(wordingConcerns.wordingId, lent))
  return [
    ...behindToo(
      tx,
      id,
      wordings.map((one) => one.id),
    ),
    ...(lent.length > 0 ? [tx.delete(wordingConcerns).where(isLent)] : []),
  ]
}

function ofConcern(consultationId: string, row: string) {
  return { consultationId, kind: 'concern', row } as const
}
