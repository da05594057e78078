import { asc, count, eq, getTableName, is, Table } from 'drizzle-orm'
import type { Database } from '../../../db/database.ts'
import { everyKeptFile, type KeptFile } from '../../../db/queries/papers/kept-files.ts'
import * as schema from '../../../db/schema/index.ts'

const { comments, decisions, log, staff, submissions } = schema

/** What nobody may lose by an upgrade, by what it means rather than by how it is stored. */
export type Content = Awaited<ReturnType<typeof contentOf>>

/** Everything that a fixture's test looks for again. */
export async function contentOf(db: Database) {
  return {
    comments: await commentsOf(db),
    decisions: await decisionsOf(db),
    log: await db.query.select({ number: log.number, act: log.act }).from(log).orderBy(asc(log.number)),
    files: await filesOf(db),
    rows: await rowCounts(db),
  }
}

function commentsOf(db: Database) {
  const { number, round, clause, stance, body, wording, state } = comments
  return db.query
    .select({ number, receipt: submissions.receiptNumber, round, clause, stance, body, wording, state })
    .from(comments)
    .innerJoin(submissions, eq(submissions.id, comments.submissionId))
    .orderBy(asc(number))
}

function decisionsOf(db: Database) {
  const { review, admission, publication, reason } = decisions
  return db.query
    .select({ comment: comments.number, review, admission, publication, reason, by: staff.name })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
    .innerJoin(staff, eq(staff.id, decisions.staffId))
    .orderBy(asc(comments.number), asc(review))
}

async function filesOf(db: Database): Promise<KeptFile[]> {
  const files: KeptFile[] = []
  for await (const file of everyKeptFile(db)) files.push(file)
  return files
}

/** How many rows each table has. */
async function rowCounts(db: Database): Promise<Record<string, number>> {
  const tables = Object.values(schema).filter((value) => is(value, Table))
  const counts = await Promise.all(
    tables.map(async (table) => {
      const [row] = await db.query.select({ count: count() }).from(table)
      return [getTableName(table), row?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counts.sort())
}
