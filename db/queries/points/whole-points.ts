import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { Act } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import { dialect } from '../../columns.ts'
import { comments, points, responseComments, splits } from '../../schema/index.ts'
import { hasPoints } from '../comments/answered-points.ts'
import { wordsPropose } from './proposing.ts'

/** Chance alone, as the ids that the portal makes itself. */
export const newPointId =
  dialect === 'postgres' ? sql<string>`gen_random_uuid()::text` : sql<string>`lower(hex(randomblob(16)))`

const [momentType, jsonType] =
  dialect === 'postgres' ? [sql`timestamptz`, sql`jsonb`] : [sql`integer`, sql`text`]

/** The statements after which comments that are one point have it as a row of its own, with their answer. */
export function asPoints(tx: Query, commentIds: string[], act: Act): Statement[] {
  if (commentIds.length === 0) return []
  const { id, consultationId, body, clause, stance } = comments
  const meant = and(inArray(id, commentIds), not(hasPoints(tx)))
  const at = sql<Date>`cast(${sql.param(act.now, points.markedAt)} as ${momentType})`
  const none = (name: string) => sql<string | null>`cast(null as text)`.as(name)
  const answer = tx
    .select({ responseId: responseComments.responseId })
    .from(responseComments)
    .where(eq(responseComments.commentId, id))
  return [
    tx.insert(points).select(
      tx
        .select({
          id: newPointId.as('id'),
          consultationId,
          commentId: id,
          start: sql<number>`0`.as('start'),
          end: sql<number>`length(${body})`.as('end'),
          kind: sql<string>`'point'`.as('kind'),
          clause,
          stance,
          themeId: none('theme_id'),
          departmentId: none('department_id'),
          dueOn: none('due_on'),
          concernId: none('concern_id'),
          responseId: sql<string | null>`(${answer})`.as('response_id'),
          proposes: wordsPropose(body).as('proposes'),
          reason: none('reason'),
          objectedAt: sql<Date | null>`cast(null as ${momentType})`.as('objected_at'),
          upheldBy: none('upheld_by'),
          confirmedBy: none('confirmed_by'),
          markedBy: sql<string>`cast(${act.staffId} as text)`.as('marked_by'),
          markedAt: at.as('marked_at'),
        })
        .from(comments)
        .where(meant),
    ),
    tx
      .insert(splits)
      .select(
        tx
          .select({
            commentId: id,
            consultationId,
            state: sql<string>`'split'`.as('state'),
            length: sql<number>`length(${body})`.as('length'),
            uncovered: sql<number>`0`.as('uncovered'),
            before: sql<null>`cast(null as ${jsonType})`.as('before'),
            staffId: sql<string>`cast(${act.staffId} as text)`.as('staff_id'),
            updatedAt: at.as('updated_at'),
            revision: sql<number>`1`.as('revision'),
            isOpen: sql<boolean>`false`.as('is_open'),
            unanswered: sql<number>`0`.as('unanswered'),
            outcome: none('outcome'),
          })
          .from(comments)
          .where(meant),
      )
      .onConflictDoUpdate({
        target: splits.commentId,
        set: { state: 'split', uncovered: 0, staffId: act.staffId, updatedAt: act.now },
      }),
    tx.delete(responseComments).where(inArray(responseComments.commentId, commentIds)),
  ]
}
