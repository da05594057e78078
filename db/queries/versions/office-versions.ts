import { and, asc, desc, eq, inArray, max, type SQL, sql } from 'drizzle-orm'
import type { VersionKind } from '../../../server/rules/versions/version-kinds.ts'
import type { Act } from '../../act.ts'
import { must, type Query, type Statement } from '../../atomically.ts'
import { dialect } from '../../columns.ts'
import type { Database } from '../../database.ts'
import { officeVersions, staff } from '../../schema/index.ts'

/** What has versions: which row of what kind. */
export interface Versioned {
  consultationId: string
  kind: VersionKind
  row: string
}

/** What somebody saved. */
export interface OfficeVersion {
  revision: number
  /** Null where it was taken away. */
  said: Record<string, unknown> | null
  /** Null where it was written before versions were kept. */
  by: string | null
  at: Date | null
}

/** The newest first. @param before the revision before which a page goes on; null: from the newest */
export function versionsOf(
  db: Database,
  of: Versioned,
  { before, limit }: { before: number | null; limit: number },
): Promise<OfficeVersion[]> {
  const { revision, said, savedAt } = officeVersions
  return db.query
    .select({ revision, said, by: staff.name, at: savedAt })
    .from(officeVersions)
    .leftJoin(staff, eq(staff.id, officeVersions.staffId))
    .where(and(isOf(of), before === null ? undefined : sql`${revision} < ${before}`))
    .orderBy(desc(revision))
    .limit(limit)
}

/** What stands now of several of one kind, by their rows, without what it says; those alone of which something was saved. */
export async function standingVersions(
  db: Database,
  { consultationId, kind }: Omit<Versioned, 'row'>,
  rows: string[],
): Promise<Map<string, Omit<OfficeVersion, 'said'>>> {
  if (rows.length === 0) return new Map()
  const { row, revision, savedAt } = officeVersions
  const found = await db.query
    .select({ row, revision, by: staff.name, at: savedAt })
    .from(officeVersions)
    .leftJoin(staff, eq(staff.id, officeVersions.staffId))
    .where(
      and(
        eq(officeVersions.consultationId, consultationId),
        eq(officeVersions.kind, kind),
        inArray(row, rows),
      ),
    )
    .orderBy(asc(revision))
  return new Map(found.map((version) => [version.row, version]))
}

/** What stands now; null where nothing was ever saved. */
export async function currentVersion(db: Database, of: Versioned): Promise<OfficeVersion | null> {
  const [current] = await versionsOf(db, of, { before: null, limit: 1 })
  return current ?? null
}

/**
 * The statements that keep what somebody saves; the list is refused as stale where somebody else has saved since.
 * @param version with the revision that the form was opened with, 0 where nothing had been saved
 */
export function keepVersion(
  tx: Query,
  of: Versioned,
  { opened, said }: { opened: number; said: Record<string, unknown> | null },
  { staffId, now }: Act,
): Statement<unknown[]>[] {
  const version = { ...of, revision: opened + 1, said, staffId, savedAt: now }
  return [
    stillAt(tx, of, opened),
    must(
      'stale',
      tx
        .insert(officeVersions)
        .values(version)
        .onConflictDoNothing()
        .returning({ revision: officeVersions.revision }),
    ),
  ]
}

/**
 * The statement that refuses a list where something reads otherwise by now than in the revision that was seen. It stands
 * behind the statement that holds the row.
 */
export function stillAt(tx: Pick<Query, 'select'>, of: Versioned, seen: number) {
  const newest = sql`coalesce(${max(officeVersions.revision)}, 0)`
  return must(
    'stale',
    tx.select({ revision: newest }).from(officeVersions).where(isOf(of)).having(sql`${newest} = ${seen}`),
  )
}

/** The statement that keeps that something was taken away, whatever it said. */
export function keepRemoval(tx: Query, of: Versioned, act: Act) {
  return keepNext(tx, isNewest(tx, of), sql`null`, act)
}

/** The statement that keeps what stands with some of its fields changed, where they are not so already. */
export function keepChanged(tx: Query, of: Versioned, change: Record<string, string | null>, act: Act) {
  const json = sql`cast(${JSON.stringify(change)} as ${sql.raw(dialect === 'postgres' ? 'jsonb' : 'text')})`
  const { said } = officeVersions
  const changed = dialect === 'postgres' ? sql`${said} || ${json}` : sql`json_patch(${said}, ${json})`
  return keepNext(tx, and(isNewest(tx, of), sql`${changed} <> ${said}`), changed, act)
}

/** The statement that keeps a version anew from which words were just hidden, where it is the one that stands. */
export function keepHidden(tx: Query, key: readonly unknown[], act: Act) {
  const [consultationId, kind, row, revision] = key as [string, VersionKind, string, number]
  const isMeant = and(isNewest(tx, { consultationId, kind, row }), eq(officeVersions.revision, revision))
  return keepNext(tx, isMeant, officeVersions.said, act)
}

function isNewest(tx: Pick<Query, 'select'>, of: Versioned) {
  const newest = tx
    .select({ newest: max(officeVersions.revision) })
    .from(officeVersions)
    .where(isOf(of))
  return and(isOf(of), eq(officeVersions.revision, newest))
}

function keepNext(
  tx: Query,
  isMeant: SQL | undefined,
  said: SQL | typeof officeVersions.said,
  { staffId, now }: Act,
) {
  const { consultationId, kind, row, revision, savedAt } = officeVersions
  return tx.insert(officeVersions).select(
    tx
      .select({
        consultationId,
        kind,
        row,
        revision: sql<number>`${revision} + 1`.as('revision'),
        said: sql<null>`${said}`.as('said'),
        staffId: sql<string>`${staffId}`.as('staff_id'),
        savedAt: sql<Date>`${sql.param(now, savedAt)}`.as('saved_at'),
      })
      .from(officeVersions)
      .where(isMeant),
  )
}

function isOf({ consultationId, kind, row }: Versioned) {
  return and(
    eq(officeVersions.consultationId, consultationId),
    eq(officeVersions.kind, kind),
    eq(officeVersions.row, row),
  )
}
