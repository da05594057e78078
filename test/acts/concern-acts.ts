import { and, eq, inArray, isNull } from 'drizzle-orm'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { lastMove, undoMove } from '../../db/queries/points/concern-undo.ts'
import { gather, letGo } from '../../db/queries/points/gathering.ts'
import { mergeConcerns } from '../../db/queries/points/merging.ts'
import { makeConcern } from '../../db/queries/points/worded-concerns.ts'
import { grantRole } from '../../db/queries/staff/staff-accounts.ts'
import { comments, concerns, points } from '../../db/schema/index.ts'
import { anyPoint } from './any-point.ts'
import type { Act, Around } from './around.ts'

/** What is done to concerns and their points. */
export function concernActs(around: Around): Record<string, Act> {
  const { db, consultationId, one, other, by, chance, any, next } = around

  return {
    gather: async () => {
      const row = await any(['published', 'withheld'])
      const point = await anyPoint(around)
      if (!row && !point) return
      const picked = { pointIds: point ? [point.id] : [], comments: row ? [row.publicId] : [] }
      const facts = {
        sentence: `归并 ${next()}`,
        clause: `p${1 + chance(20)}`,
        themeId: null,
        departmentId: null,
      }
      const concern = await anyConcern()
      if (concern && chance(2) === 0) await gather(db, consultationId, concern.id, picked, by(one))
      else await makeConcern(db, consultationId, facts, picked, by(one))
    },
    letGo: async () => {
      const point = await anyPoint(around)
      if (point?.concernId) await letGo(db, consultationId, point.concernId, [point.id], by(one))
    },
    mergeConcerns: async () => {
      const [into, from] = [await anyConcern(), await anyConcern()]
      if (into && from && into.id !== from.id)
        await mergeConcerns(db, consultationId, { from: from.id, into: into.id }, by(one))
    },
    undoMove: async () => {
      const concern = await anyConcern()
      const last = concern && (await lastMove(db, concern.id))
      if (concern && last) await undoMove(db, consultationId, concern.id, last.id, by(one))
    },
    answerConcern: async () => {
      const concern = await anUnansweredConcern()
      const answer = {
        outcome: 'partly_adopted',
        reason: `部分采纳 ${next()}`,
        summary: concern?.sentence ?? null,
      } as const
      if (concern)
        await draftResponse(db, consultationId, { kind: 'concern', id: concern.id }, answer, by(one))
    },
    answerPoint: async () => {
      const point = await anyPoint(around)
      const answer = { outcome: 'not_adopted', reason: `未采纳 ${next()}`, summary: null } as const
      if (point)
        await draftResponse(
          db,
          consultationId,
          { kind: 'points', ids: [point.id], comments: [] },
          answer,
          by(one),
        )
    },
    grant: () => grantRole(db, other, { role: 'drafter', consultationId }, by(one)),
  }

  async function anyConcern() {
    const count = await db.query.$count(concerns)
    const [row] = await db.query
      .select()
      .from(concerns)
      .orderBy(concerns.createdAt, concerns.sentence)
      .limit(1)
      .offset(chance(Math.max(1, count)))
    return row ?? null
  }

  async function anUnansweredConcern() {
    const [row] = await db.query
      .select({ id: concerns.id, sentence: concerns.sentence })
      .from(concerns)
      .innerJoin(points, eq(points.concernId, concerns.id))
      .innerJoin(comments, eq(comments.id, points.commentId))
      .where(and(isNull(points.responseId), inArray(comments.state, ['published', 'withheld'])))
      .orderBy(concerns.createdAt, concerns.sentence)
      .limit(1)
    return row ?? null
  }
}
