import { and, eq, exists, gt, notExists, type SQL, sql } from 'drizzle-orm'
import type { AssignmentKind, AssignmentState } from '../../../server/rules/departments/assignments.ts'
import type { Reads } from '../../atomically.ts'
import { comments, type concerns, departmentReplies, type points } from '../../schema/index.ts'

/** One thing of a department, or a page of those in a state. */
export type Meant = { state: AssignmentState; behind: string | null; clauses: string[] } | { target: string }

interface Narrowing {
  kind: AssignmentKind
  key: typeof comments.publicId | typeof points.id | typeof concerns.id
  /** The condition that the office has not answered it either. */
  open: SQL | undefined
}

/** What is asked for among all that is theirs: one of them, or a page of those in a state. */
export function narrowed(
  tx: Pick<Reads, 'select'>,
  { departmentId }: { departmentId: string },
  { kind, key, open }: Narrowing,
  meant: Meant,
): SQL | undefined {
  if ('target' in meant) return eq(key, meant.target)
  const reply = (...states: string[]) =>
    tx
      .select({ one: sql`1` })
      .from(departmentReplies)
      .where(
        and(
          eq(departmentReplies.departmentId, departmentId),
          eq(departmentReplies.kind, kind),
          eq(departmentReplies.target, key),
          sql`${departmentReplies.state} in (${sql.join(states, sql`, `)})`,
        ),
      )
  const inState =
    meant.state === 'open'
      ? and(open, notExists(reply('submitted', 'confirmed')))
      : exists(reply(meant.state))
  return and(inState, meant.behind === null ? undefined : isBehind(tx, key, meant.behind))
}

/** A comment stands in the order of its own id, which its public one does not tell. */
function isBehind(tx: Pick<Reads, 'select'>, key: Narrowing['key'], behind: string): SQL {
  if (key !== comments.publicId) return gt(key, behind)
  const own = tx.select({ id: comments.id }).from(comments).where(eq(comments.publicId, behind))
  return sql`${comments.id} > (${own})`
}
