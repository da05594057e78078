import { and, asc, eq, getTableColumns, gt, isNotNull, or, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Fact, FactKind } from '../../../server/rules/evidence/facts.ts'
import {
  answerCorrectionFact,
  answerFact,
  answerStateFact,
  departmentReplyFact,
  endorsementFact,
  explanationFact,
  logFact,
  procedureFileFact,
  roleFact,
} from '../../../server/rules/evidence/office-facts.ts'
import {
  appealFact,
  decisionFact,
  hearingFact,
  reopeningFact,
  voteFact,
} from '../../../server/rules/evidence/review-facts.ts'
import type { Database } from '../../database.ts'
import {
  answerCorrections,
  appeals,
  consultations,
  decisions,
  departmentReplies,
  endorsements,
  log,
  procedureFiles,
  reopenings,
  responses,
  staffRoles,
  votes,
} from '../../schema/index.ts'

/** Rows of one table that are vouched for one by one. */
export interface KindOfRow {
  kind: FactKind
  table: PgTable
  /** The columns that tell its rows apart, in the order in which a fact names them. */
  keys: readonly PgColumn[]
  /** Which rows hold such a fact; undefined: all. */
  holds: SQL | undefined
  fact(row: never): Fact
}

function kindOfRow<Table extends PgTable & { $inferSelect: object }>(
  kind: FactKind,
  table: Table,
  keys: readonly PgColumn[],
  fact: (row: Table['$inferSelect']) => Fact,
  holds?: SQL,
): KindOfRow {
  return { kind, table, keys, fact, holds }
}

/** All that is vouched for but what comes in, which is compared as a whole. */
export const kindsOfRows: readonly KindOfRow[] = [
  kindOfRow('decisions', decisions, [decisions.id], decisionFact),
  kindOfRow('votes', votes, [votes.commentId, votes.review, votes.staffId], voteFact),
  kindOfRow('reopenings', reopenings, [reopenings.id], reopeningFact),
  kindOfRow('appeals', appeals, [appeals.commentId], appealFact),
  kindOfRow(
    'hearings',
    appeals,
    [appeals.commentId],
    ({ commentId, outcome, answer }) => hearingFact(commentId, outcome, answer),
    isNotNull(appeals.outcome),
  ),
  kindOfRow('endorsements', endorsements, [endorsements.id], endorsementFact),
  kindOfRow('answers', responses, [responses.id], answerFact),
  kindOfRow('answer_states', responses, [responses.id], answerStateFact),
  kindOfRow('answer_corrections', answerCorrections, [answerCorrections.id], answerCorrectionFact),
  kindOfRow(
    'staff_roles',
    staffRoles,
    [staffRoles.staffId, staffRoles.role, staffRoles.consultationId],
    (role) => roleFact(role),
  ),
  kindOfRow(
    'department_replies',
    departmentReplies,
    [departmentReplies.id],
    departmentReplyFact,
    eq(departmentReplies.state, 'confirmed'),
  ),
  kindOfRow('procedure_files', procedureFiles, [procedureFiles.id], procedureFileFact),
  kindOfRow(
    'explanations',
    consultations,
    [consultations.id],
    ({ id, explanationFile }) => explanationFact(id, explanationFile),
    isNotNull(consultations.explanationFile),
  ),
  kindOfRow('log', log, [log.number], logFact, isNotNull(log.id)),
]

/** The rows of a kind, page by page in the order of their keys, each as what is to be vouched for of it. */
export async function* factsOf(db: Database, kind: KindOfRow, size = 200): AsyncGenerator<Fact[]> {
  const { table, keys, holds, fact } = kind
  const keyNames = keys.map((key) => nameOf(table, key))
  for (let after: unknown[] | null = null; ; ) {
    const rows: Record<string, unknown>[] = await db.query
      .select()
      .from(table)
      .where(and(holds, after ? isBehind(keys, after) : undefined))
      .orderBy(...keys.map((key) => asc(key)))
      .limit(size)
    if (rows.length === 0) return
    yield rows.map((row) => fact(row as never))
    after = keyNames.map((name) => rows.at(-1)?.[name])
  }
}

/** In the order of several columns. */
function isBehind([first, ...others]: readonly PgColumn[], [value, ...values]: unknown[]): SQL | undefined {
  if (!first) return undefined
  return others.length === 0
    ? gt(first, value)
    : or(gt(first, value), and(eq(first, value), isBehind(others, values)))
}

function nameOf(table: PgTable, column: PgColumn): string {
  return Object.entries(getTableColumns(table)).find(([, one]) => one === column)?.[0] ?? column.name
}
