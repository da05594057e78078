import { randomUUID } from 'node:crypto'
import { and, eq, ne } from 'drizzle-orm'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { departmentReplies } from '../../schema/index.ts'
import { type DepartmentReply, ofThing, type RepliedThing } from './department-replies.ts'

/**
 * Writes what a department proposes, for the first time or anew.
 * @param seen its revision, as it was read; 0 where there was none
 * @throws Refused where somebody else has written meanwhile, or it is confirmed
 */
export async function writeReply(
  db: Database,
  { consultationId, departmentId, kind, target }: RepliedThing,
  { seen, ...words }: { outcome: string; reason: string; seen: number },
  act: Act,
): Promise<void> {
  const written = { ...words, revision: seen + 1, writtenBy: act.staffId, writtenAt: act.now, state: 'draft' }
  const id = randomUUID()
  await db.atomically((tx) => [
    must(
      'stale',
      seen === 0
        ? tx
            .insert(departmentReplies)
            .values({ id, consultationId, departmentId, kind, target, ...written })
            .onConflictDoNothing()
            .returning({ id: departmentReplies.id })
        : tx
            .update(departmentReplies)
            .set(written)
            .where(
              and(
                ofThing(departmentId, { kind, target }),
                eq(departmentReplies.revision, seen),
                ne(departmentReplies.state, 'confirmed'),
              ),
            )
            .returning({ id: departmentReplies.id }),
    ),
    logAct(tx, act, 'reply.write', departmentId, { kind, target, revision: seen + 1 }),
  ])
}

/** Puts what was written before the department's head. @throws Refused where it is no draft of this revision */
export async function submitReply(
  db: Database,
  { id, revision }: Pick<DepartmentReply, 'id' | 'revision'>,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      'stale',
      tx
        .update(departmentReplies)
        .set({ state: 'submitted', returnNote: null, revision: revision + 1 })
        .where(
          and(
            eq(departmentReplies.id, id),
            eq(departmentReplies.revision, revision),
            eq(departmentReplies.state, 'draft'),
          ),
        )
        .returning({ id: departmentReplies.id }),
    ),
    logAct(tx, act, 'reply.submit', id),
  ])
}
