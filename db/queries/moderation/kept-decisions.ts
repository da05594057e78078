import { and, asc, desc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Ruling } from '../../../server/rules/moderation/decision-form.ts'
import type { Database } from '../../database.ts'
import { prepared } from '../../prepared.ts'
import { bulks, dueDecisions, staff } from '../../schema/index.ts'
import type { Seals } from '../../sealing/sealed.ts'
import { unmarked } from '../faults.ts'

/** Who decides: one moderator, or two who agree. */
export interface Deciders {
  staffId: string
  /** Who agreed, and by that decides now. */
  agreedBy: string | null
  /** What becomes of the appeal that this round of review hears, and what its author is told. */
  appeal?: { outcome: 'upheld' | 'granted'; answer: string } | null
  /** The bulk of which it is one. */
  bulkId?: string | null
}

/** What was decided of a comment in one round of review and one version, seen with the marks of this revision. */
interface Kept extends Deciders {
  review: number
  ruling: Ruling
  revision: number
}

/** A decision that has not taken effect yet. */
export interface DueDecision extends Kept {
  commentId: string
  /** Who of the staff acted last. */
  by: string
  dueAt: Date
  bulkState: string | null
}

/** What is stored of a decision until it takes effect. @throws where the key is not there */
export function sealedDecision(seals: Seals, commentId: string, { ruling, ...kept }: Kept): string {
  return seals.seal(JSON.stringify({ ...kept, ruling: bare(ruling) }), placeOf(commentId))
}

/** Without what a vote has besides. */
function bare({ admission, publication, reason, note, transferred, version }: Ruling): Ruling {
  return { admission, publication, reason, note, transferred, version }
}

const one = prepared('due_decision', (query) =>
  query
    .select({ due: dueDecisions, by: staff.name, bulkState: bulks.state })
    .from(dueDecisions)
    .innerJoin(staff, eq(staff.id, dueDecisions.staffId))
    .leftJoin(bulks, eq(bulks.id, dueDecisions.bulkId))
    .where(eq(dueDecisions.commentId, sql.param(sql.placeholder('commentId'), dueDecisions.commentId))),
)

/** The decision on a comment that is to take effect; null where there is none. @throws BrokenSeal where somebody changed it */
export async function dueDecisionOn(
  db: Database,
  seals: Seals,
  commentId: string,
): Promise<DueDecision | null> {
  const [row] = await one(db).execute({ commentId })
  if (!row) return null
  const { due, by, bulkState } = row
  return { ...opened(seals, due), commentId, by, dueAt: due.dueAt, bulkState }
}

function opened(
  seals: Seals,
  { commentId, ruling }: Pick<typeof dueDecisions.$inferSelect, 'commentId' | 'ruling'>,
) {
  return JSON.parse(seals.open(ruling, placeOf(commentId))) as Kept
}

function placeOf(row: string) {
  return { table: 'due_decisions', column: 'ruling', row }
}

/**
 * The comments whose decisions are due, the oldest first, without those that are marked. Those of a bulk are due together,
 * when the last of them is.
 */
export async function dueNow(db: Database, now: Date, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: dueDecisions.commentId })
    .from(dueDecisions)
    .leftJoin(bulks, eq(bulks.id, dueDecisions.bulkId))
    .where(
      and(
        lte(dueDecisions.dueAt, now),
        or(isNull(bulks.dueAt), lte(bulks.dueAt, now)),
        unmarked(db.query, 'due_decisions', dueDecisions.commentId),
      ),
    )
    .orderBy(asc(dueDecisions.dueAt))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** What one member of staff has decided and what has not taken effect yet, the newest first. */
export async function dueDecisionsOf(
  db: Database,
  seals: Seals,
  staffId: string,
  most: number,
): Promise<(Pick<DueDecision, 'commentId' | 'ruling' | 'dueAt'> & { createdAt: Date })[]> {
  const rows = await db.query
    .select()
    .from(dueDecisions)
    .where(eq(dueDecisions.staffId, staffId))
    .orderBy(desc(dueDecisions.createdAt))
    .limit(most)
  return rows.map((row) => {
    const { commentId, createdAt, dueAt } = row
    return { commentId, createdAt, dueAt, ruling: opened(seals, row).ruling }
  })
}
