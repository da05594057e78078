import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { sqliteFile } from '../db/url.ts'

/* How an engine would run a statement, and what of that grows with what is stored. */

/** A statement as a request ran it. */
export interface Run {
  sql: string
  params: unknown[]
}

/** Tables that hold a row, or several, for each comment, submission, endorsement or act. */
const growing = new Set([
  'answers',
  'appeals',
  'attachments',
  'campaign_members',
  'campaigns',
  'comment_departments',
  'comment_themes',
  'comments',
  'confirmations',
  'decisions',
  'department_replies',
  'endorsement_counts',
  'endorsements',
  'examinations',
  'fingerprint_bands',
  'intake_list_entries',
  'intakes',
  'log',
  'log_seals',
  'originals',
  'outcome_rows',
  'passages',
  'points',
  'reopenings',
  'response_comments',
  'splits',
  'submissions',
  'theme_proposals',
  'theme_readings',
  'versions',
  'votes',
  'wording_comments',
  'wording_points',
])

/** What tells rows apart so little that all comments of a consultation, or a large part of them, share it. */
const shared = new Set([
  'consultation_id',
  'clause',
  'state',
  'stance',
  'created_day',
  'published_day',
  'taken_out',
  'count',
  'answered',
])

/** Tells of statements what they read of growing tables that grows with them. */
export interface Planner {
  readsThatGrow(run: Run): Promise<string[]>
  close(): Promise<void>
}

/** @param rows of how many comments the database has @param url the database's */
export async function planner(url: string, rows: number): Promise<Planner> {
  const file = sqliteFile(url)
  return file ? sqlitePlanner(file, rows) : postgresPlanner(url, rows)
}

function sqlitePlanner(file: string, rows: number): Planner {
  const db = new Sqlite(file)
  db.exec('ANALYZE')
  // Of a table in which there is little here it is taken that there may be much, as where nothing was analysed.
  const small = db
    .prepare('SELECT tbl FROM sqlite_stat1 WHERE cast(stat AS integer) < ?')
    .pluck()
    .all(rows / 2)
  const forget = db.prepare('DELETE FROM sqlite_stat1 WHERE tbl = ?')
  for (const table of small) if (growing.has(String(table))) forget.run(table)
  db.exec('ANALYZE sqlite_schema')
  return {
    async readsThatGrow({ sql, params }) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[]
      const details = plan.map(({ detail }) => detail)
      const isSorted = details.some((detail) => /USE TEMP B-TREE FOR (ORDER|GROUP|DISTINCT)/.test(detail))
      const isShort = / limit \?/i.test(sql) && !isSorted
      return details.filter((detail) => isGrowing(detail, sql, isShort))
    },
    close: async () => void db.close(),
  }
}

function isGrowing(detail: string, sql: string, isShort: boolean): boolean {
  const [, how, name = '', constraints = ''] = /^(SCAN|SEARCH) (\w+)(?:.*?\((.*)\))?/.exec(detail) ?? []
  if (!how || /VIRTUAL TABLE/.test(detail) || !growing.has(tableOf(name, sql))) return false
  const columns = Array.from(constraints.matchAll(/(\w+)[=<>]/g), ([, column = '']) => column)
  return columns.every((column) => shared.has(column)) && !isShort
}

/** Some are called otherwise in a statement that reads them twice. */
function tableOf(name: string, sql: string): string {
  return new RegExp(`"(\\w+)" "${name}"`).exec(sql)?.[1] ?? name
}

async function postgresPlanner(url: string, rows: number): Promise<Planner> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Small tables would be read from end to end whatever indexes they have.
  await client.query('ANALYZE; SET enable_seqscan = off')
  return {
    async readsThatGrow({ sql, params }) {
      const explained = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`, params)
      const [{ Plan: plan }] = explained.rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }]
      return nodesOf(plan).flatMap((node) => {
        const table = node['Relation Name'] ?? ''
        if (!growing.has(table)) return []
        const read = rowsRead(node)
        const isScan = node['Node Type'] === 'Seq Scan'
        if (!isScan && read <= rows / 10) return []
        return [`${node['Node Type']} of ${table} by ${node['Index Name'] ?? 'nothing'}: ${read} rows`]
      })
    },
    close: () => client.end(),
  }
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

function rowsRead(node: PlanNode): number {
  const each =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round(each * node['Actual Loops'])
}
