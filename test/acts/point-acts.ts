import { and, eq, inArray } from 'drizzle-orm'
import { restoreOriginal } from '../../db/queries/moderation/originals.ts'
import { reopen } from '../../db/queries/moderation/reviews.ts'
import { arrange, confirmPassage } from '../../db/queries/points/arranging.ts'
import { commentToSplit, type SplitComment } from '../../db/queries/points/splits.ts'
import { objectToPoint, reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import { comments, points } from '../../db/schema/index.ts'
import {
  type Arrangement,
  type Bounds,
  changed,
  interludes,
  keepingSettled,
  mergedWithEarlier,
  type Point,
  restored,
  Settled,
  type Span,
  uncoveredSentences,
  withoutPoint,
  withPoint,
  withProposed,
} from '../../server/rules/points/arrangement.ts'
import { letterSentences } from '../../server/text/cutting/letter-sentences.ts'
import { anyPoint } from './any-point.ts'
import type { Act, Around } from './around.ts'

/** What is done to the points of a letter, by the office and by its author. */
export function pointActs(around: Around): Record<string, Act> {
  const { db, seals, now, consultationId, one, other, by, chance, words, any, said } = around

  return {
    split: async () => {
      const row = await any(['published', 'withheld'])
      const seen = row && (await commentToSplit(db, consultationId, row.publicId))
      if (!seen) return
      const length = [...seen.body].length
      const start = chance(length)
      const span = { start, end: Math.min(length, start + 1 + chance(12)) }
      await rearrange(seen, (arrangement, bounds) => {
        const isPassage = chance(4) === 0
        const point = {
          ...aPoint(seen, span),
          ...(isPassage ? { kind: 'no_proposal', reason: 'courtesy' } : {}),
        } as Point
        return withPoint(arrangement, point, bounds)
      })
    },
    splitAll: async () => {
      const seen = await anySplit()
      if (!seen) return
      const gaps = interludes(seen.split.arrangement, [...seen.body].length)
      await rearrange(seen, (arrangement) =>
        withProposed(
          arrangement,
          gaps.map((gap) => aPoint(seen, gap)),
        ),
      )
    },
    movePoint: async () => {
      const seen = await anySplit()
      const [point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) =>
        changed(arrangement, point.id, { clause: `p${1 + chance(20)}` }, bounds),
      )
    },
    mergePoints: async () => {
      const seen = await anySplit()
      const [, point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) => mergedWithEarlier(arrangement, point.id, bounds))
    },
    removePoint: async () => {
      const seen = await anySplit()
      const [point] = seen?.split.arrangement ?? []
      if (!seen || !point) return
      await rearrange(seen, (arrangement, bounds) => withoutPoint(arrangement, point.id, bounds))
    },
    confirmPassage: async () => {
      const [passage] = await db.query.select().from(points).where(eq(points.kind, 'no_proposal')).limit(1)
      const [row] = passage
        ? await db.query.select().from(comments).where(eq(comments.id, passage.commentId))
        : []
      const seen = row && (await commentToSplit(db, consultationId, row.publicId))
      if (seen && passage) await confirmPassage(db, seen, passage.id, by(other))
    },
    objectToPoint: async () => {
      const point = await anyPoint(around)
      const [row] = point
        ? await db.query.select().from(comments).where(eq(comments.id, point.commentId))
        : []
      if (row && point) await objectToPoint(db, row.submissionId, point.id, now())
    },
    reopenSplit: async () => {
      const row = await anyParted(['published', 'withheld'])
      if (row) await reopen(db, row, '再看一遍', by(one))
    },
    reviseSplit: async () => {
      const row = await anyParted(['pending'])
      if (row)
        await reviseComment(
          db,
          row,
          { ...said(), body: chance(2) === 0 ? words() : row.body.slice(3) || '改短了' },
          now(),
        )
    },
    restoreSplit: async () => {
      const row = await anyParted(['pending'])
      if (row) await restoreOriginal(db, seals, row, by(one))
    },
    undoSplit: async () => {
      const seen = await anySplit()
      const before = seen?.split.before
      if (seen && before) await rearrange(seen, (arrangement) => restored(before, arrangement))
    },
  }

  async function anySplit(): Promise<SplitComment | null> {
    const point = await anyPoint(around)
    const [row] = point
      ? await db.query
          .select({ publicId: comments.publicId })
          .from(comments)
          .where(eq(comments.id, point.commentId))
      : []
    return row ? commentToSplit(db, consultationId, row.publicId) : null
  }

  async function anyParted(states: string[]) {
    const parted = db.query.select({ id: points.commentId }).from(points)
    const [row] = await db.query
      .select()
      .from(comments)
      .where(and(inArray(comments.id, parted), inArray(comments.state, states)))
      .orderBy(comments.id)
      .limit(1)
    return row ?? null
  }

  async function rearrange(
    seen: SplitComment,
    change: (arrangement: Arrangement, bounds: Bounds) => Arrangement,
  ): Promise<void> {
    const { arrangement, settled } = seen.split
    const bounds = { settled, newId: () => crypto.randomUUID() }
    try {
      const now = keepingSettled(arrangement, change(arrangement, bounds), bounds)
      const uncovered = uncoveredSentences(seen.body, letterSentences(seen.body), now)
      const state = now.length > 0 ? 'split' : 'single'
      await arrange(
        db,
        seen,
        { state, arrangement: now, uncovered: state === 'split' ? uncovered : 0 },
        by(one),
        'comment.split',
      )
    } catch (error) {
      if (!(error instanceof Settled)) throw error
    }
  }

  function aPoint({ clause, stance, split }: SplitComment, { start, end }: Span): Point {
    return {
      ...{ id: crypto.randomUUID(), start, end, kind: 'point', clause, stance },
      ...{ themeId: null, departmentId: null, dueOn: null, concernId: null, reason: null, confirmedBy: null },
      responseId: split.arrangement.length === 0 ? split.responseId : null,
    }
  }
}
