import { and, eq, getTableColumns, sql, sum } from 'drizzle-orm'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { filled } from '../../filled.ts'
import { arrivalCounts } from '../../schema/index.ts'

/** What never changes about where a comment came from and what it is on. */
export interface ArrivalCell {
  consultationId: string
  clause: string
  channel: string
  identity: string
  /** Empty where none was given. */
  region: string
}

export interface ArrivalCount extends ArrivalCell {
  comments: number
  /** 件: of the submissions, those whose first comment is one of these. */
  submissions: number
  /** 人次 of these: one each, and of the minutes of a meeting as many as were present. */
  people: number
  /** Of the comments, those of letters that came after closing. */
  late: number
}

/**
 * The statements that count a submission in, for its list. In one order always: two lists that lock the same rows in
 * different orders would wait for one another on PostgreSQL.
 * @param clauses what its comments are on, the first one's first
 */
export function countArrival(
  tx: Pick<Query, 'insert'>,
  submission: { consultationId: string; channel: string; identity: string; region: string | null },
  clauses: string[],
) {
  const { consultationId, channel, identity } = submission
  const cell = { consultationId, channel, identity, region: submission.region ?? '' }
  return [...new Set(clauses)].sort().map((clause) => {
    const comments = clauses.filter((one) => one === clause).length
    const submissions = clause === clauses[0] ? 1 : 0
    return addToArrivals(tx, { ...cell, clause, comments, submissions, people: submissions, late: 0 })
  })
}

const addToArrivals = filled((tx: Pick<Query, 'insert'>, arrived: ArrivalCount) =>
  tx
    .insert(arrivalCounts)
    .values(arrived)
    .onConflictDoUpdate({
      target: [
        arrivalCounts.consultationId,
        arrivalCounts.clause,
        arrivalCounts.channel,
        arrivalCounts.identity,
        arrivalCounts.region,
      ],
      set: {
        comments: sql`${arrivalCounts.comments} + ${arrived.comments}`,
        submissions: sql`${arrivalCounts.submissions} + ${arrived.submissions}`,
        people: sql`${arrivalCounts.people} + ${arrived.people}`,
      },
    }),
)

/** A comment that moves from one clause to another; `people` are its submission's. */
interface Moved {
  from: string
  to: string
  isFirst: boolean
  people: number
  late: boolean
}

/** The statements that count a comment on another clause, which whoever entered its letter put right; each in one order. */
export function moveArrival(
  tx: Pick<Query, 'insert' | 'update'>,
  submission: { consultationId: string; channel: string; identity: string; region: string | null },
  { from, to, isFirst, people, late }: Moved,
) {
  const { consultationId, channel, identity } = submission
  const cell = { consultationId, channel, identity, region: submission.region ?? '' }
  const changes = [
    { clause: from, by: -1 },
    { clause: to, by: 1 },
  ].sort((a, b) => (a.clause < b.clause ? -1 : 1))
  return [
    ...changes.map(({ clause, by }) =>
      addToArrivals(tx, {
        ...{ ...cell, clause, comments: by, late: 0 },
        ...(isFirst ? { submissions: by, people: by * people } : { submissions: 0, people: 0 }),
      }),
    ),
    ...(late ? changes.map(({ clause, by }) => addTo(tx, { ...cell, clause }, { late: by })) : []),
  ]
}

/** The kept counters of a consultation: a row for each cell in which anything came. */
export function arrivalCells(db: Database, consultationId: string): Promise<ArrivalCount[]> {
  return db.query
    .select(getTableColumns(arrivalCounts))
    .from(arrivalCounts)
    .where(eq(arrivalCounts.consultationId, consultationId))
}

/** The statements that count the comments of a submission as late, for the list in which it is counted in. */
export function countLate(
  tx: Pick<Query, 'update'>,
  submission: { consultationId: string; channel: string; identity: string; region: string | null },
  clauses: string[],
) {
  const { consultationId, channel, identity } = submission
  const cell = { consultationId, channel, identity, region: submission.region ?? '' }
  return [...new Set(clauses)]
    .sort()
    .map((clause) => addTo(tx, { ...cell, clause }, { late: clauses.filter((one) => one === clause).length }))
}

/**
 * The statement that counts everybody who was at a meeting, for the list in which its minutes are counted in, as one person.
 * @param first the clause that its first comment is on @param present how many they were
 */
export function countPresent(
  tx: Pick<Query, 'update'>,
  submission: { consultationId: string; channel: string; identity: string; region: string | null },
  first: string,
  present: number,
) {
  const { consultationId, channel, identity } = submission
  const cell = { consultationId, channel, identity, region: submission.region ?? '', clause: first }
  return addTo(tx, cell, { people: present - 1 })
}

function addTo(
  tx: Pick<Query, 'update'>,
  { consultationId, channel, identity, region, clause }: ArrivalCell,
  { late = 0, people = 0 }: { late?: number; people?: number },
) {
  return tx
    .update(arrivalCounts)
    .set({ late: sql`${arrivalCounts.late} + ${late}`, people: sql`${arrivalCounts.people} + ${people}` })
    .where(
      and(
        eq(arrivalCounts.consultationId, consultationId),
        eq(arrivalCounts.clause, clause),
        eq(arrivalCounts.channel, channel),
        eq(arrivalCounts.identity, identity),
        eq(arrivalCounts.region, region),
      ),
    )
}

/** How many comments came in, in how many submissions (件), of how many people (人次: without accounts they cannot be told apart), how many late. */
export async function countArrivals(
  db: Database,
  consultationId: string,
): Promise<{ comments: number; submissions: number; people: number; late: number }> {
  const { comments, submissions, people, late } = arrivalCounts
  const [row] = await db.query
    .select({
      comments: sum(comments).mapWith(Number),
      submissions: sum(submissions).mapWith(Number),
      people: sum(people).mapWith(Number),
      late: sum(late).mapWith(Number),
    })
    .from(arrivalCounts)
    .where(eq(arrivalCounts.consultationId, consultationId))
  const { comments: came = 0, submissions: sent = 0, people: by = 0, late: lately = 0 } = row ?? {}
  return { comments: came ?? 0, submissions: sent ?? 0, people: by ?? 0, late: lately ?? 0 }
}
