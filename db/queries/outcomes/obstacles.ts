import { and, count, eq, notExists, type SQL, sql } from 'drizzle-orm'
import { admittedStates } from '../../../server/rules/answers/responses.ts'
import { usualLetters } from '../../../server/rules/points/letters.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { comments, revisedWordings, splits } from '../../schema/index.ts'
import type { Progress } from '../answers/progress.ts'
import { isBare, isOpen } from '../comments/answered.ts'
import type { Consultation } from '../consultations/consultations.ts'
import { appealedPassages, countAppealedPassages } from '../points/objections.ts'
import { countOpenLetters, isOpen as isOpenLetter } from '../points/splits.ts'
import { isWaitingIn, waitingClauses } from '../wordings/revised-wordings.ts'

/** What stands between a consultation and its outcome; all must be 0, or nothing. */
export interface Obstacles {
  pending: number
  /** Letters that nobody has parted (待梳理), or of which a sentence is without account. */
  unparted: number
  unanswered: number
  /** Passages that were said to ask for nothing, to which their authors object. */
  appealed: number
  /** Admitted comments that the public does not see, answered without a 归纳. */
  unsummarised: number
  /** The clauses whose wording waits for a second person, or was sent back, as they are cited. */
  wordings: string[]
}

/** What stands in the way now, for the page: from the kept counters where they know it. */
export async function obstacles(
  db: Database,
  { id, publicationPolicy }: Pick<Consultation, 'id' | 'publicationPolicy'>,
  { cells, answers }: Progress,
): Promise<Obstacles> {
  const [bare] = await db.slow
    .select({ count: count() })
    .from(comments)
    .where(and(eq(comments.consultationId, id), isUnsummarised(publicationPolicy)))
  const sum = (rows: { count: number }[]) => rows.reduce((total, row) => total + row.count, 0)
  const admitted: readonly string[] = admittedStates
  return {
    pending: sum(cells.filter(({ state }) => state === 'pending')),
    unparted: await countOpenLetters(db, id),
    appealed: await countAppealedPassages(db, id),
    unanswered: sum(cells.filter(({ state }) => admitted.includes(state))) - sum(answers),
    unsummarised: bare?.count ?? 0,
    wordings: await waitingClauses(db, id),
  }
}

/** The condition under which nothing stands in the way: for the list that publishes, counted from the comments. */
export function nothingInTheWay(
  tx: Pick<Query, 'select'>,
  {
    id: consultationId,
    publicationPolicy,
    letters,
  }: Pick<Consultation, 'id' | 'publicationPolicy' | 'letters'>,
) {
  const none = (condition: SQL | undefined) =>
    notExists(
      tx
        .select({ one: sql`1` })
        .from(comments)
        .where(and(eq(comments.consultationId, consultationId), condition)),
    )
  const open = tx.select({ one: sql`1` }).from(splits).where(isOpenLetter(consultationId))
  const waiting = tx.select({ one: sql`1` }).from(revisedWordings).where(isWaitingIn(consultationId))
  // One by one: each has an index that tells it at once.
  return and(
    none(eq(comments.state, 'pending')),
    none(isOpen),
    none(isUnsummarised(publicationPolicy)),
    notExists(appealedPassages(tx, consultationId)),
    (letters ?? usualLetters).bars ? notExists(open) : undefined,
    notExists(waiting),
  )
}

/** Where the consultation shows no comment by itself, every one of them has to be summed up. */
function isUnsummarised(publicationPolicy: string) {
  return and(isBare, publicationPolicy === 'outcome_only' ? undefined : eq(comments.state, 'withheld'))
}
