import { and, eq, sql } from 'drizzle-orm'
import { paragraphs } from '../../../server/rules/points/paragraphs.ts'
import { mayPropose } from '../../../server/text/words/proposed-wordings.ts'
import type { Act } from '../../act.ts'
import type { Query, Statement } from '../../atomically.ts'
import { dialect } from '../../columns.ts'
import { comments, points, splits } from '../../schema/index.ts'
import { textOf } from './proposing.ts'
import { newPointId } from './whole-points.ts'

const [momentType, jsonType] =
  dialect === 'postgres' ? [sql`timestamptz`, sql`jsonb`] : [sql`integer`, sql`text`]

/**
 * The statements after which each line of what was just entered is a point, for the list that stores it; a comment of one
 * line stays its own one point. They count once it is admitted, as those of a comment that is judged again do.
 */
export function pointsEntered(
  tx: Query,
  submissionId: string,
  entered: readonly { body: string }[],
  { staffId, now }: Act,
): Statement[] {
  const bodies = [...new Set(entered.map(({ body }) => body))]
  return bodies.flatMap((body) => {
    const spans = paragraphs(body)
    if (spans.length < 2) return []
    const meant = and(eq(comments.submissionId, submissionId), eq(comments.body, body))
    const at = sql<Date>`cast(${sql.param(now, points.markedAt)} as ${momentType})`
    const by = sql<string>`cast(${staffId} as text)`
    const number = (value: number) => sql<number>`${sql.raw(String(value))}`
    const isIt = (value: boolean) => sql<boolean>`${sql.raw(String(value))}`
    const none = (name: string) => sql<string | null>`cast(null as text)`.as(name)
    const { id, consultationId, clause, stance } = comments
    return [
      ...spans.map(({ start, end }) =>
        tx.insert(points).select(
          tx
            .select({
              id: newPointId.as('id'),
              consultationId,
              commentId: id,
              start: number(start).as('start'),
              end: number(end).as('end'),
              kind: sql<string>`'point'`.as('kind'),
              clause,
              stance,
              themeId: none('theme_id'),
              departmentId: none('department_id'),
              dueOn: none('due_on'),
              concernId: none('concern_id'),
              responseId: none('response_id'),
              proposes: isIt(mayPropose(textOf(body, { start, end }))).as('proposes'),
              reason: none('reason'),
              objectedAt: sql<Date | null>`cast(null as ${momentType})`.as('objected_at'),
              upheldBy: none('upheld_by'),
              confirmedBy: none('confirmed_by'),
              markedBy: by.as('marked_by'),
              markedAt: at.as('marked_at'),
            })
            .from(comments)
            .where(meant),
        ),
      ),
      tx.insert(splits).select(
        tx
          .select({
            commentId: id,
            consultationId,
            state: sql<string>`'split'`.as('state'),
            length: number([...body].length).as('length'),
            uncovered: number(0).as('uncovered'),
            before: sql<null>`cast(null as ${jsonType})`.as('before'),
            staffId: by.as('staff_id'),
            updatedAt: at.as('updated_at'),
            revision: number(1).as('revision'),
            isOpen: sql<boolean>`false`.as('is_open'),
            unanswered: number(spans.length).as('unanswered'),
            outcome: none('outcome'),
          })
          .from(comments)
          .where(meant),
      ),
    ]
  })
}
