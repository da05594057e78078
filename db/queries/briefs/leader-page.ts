import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { LeaderPageText } from '../../../server/rules/briefs/leader-page-form.ts'
import { type Act, logAct } from '../../act.ts'
import type { Database } from '../../database.ts'
import { concerns, cosignatures, departments, officeVersions } from '../../schema/index.ts'
import { keepVersion, type Versioned } from '../versions/office-versions.ts'

/** The numbers that stood on the page when it was saved, by which a later one says what has changed. */
export interface LeaderPageNumbers {
  received: number
  admitted: number
  /** Of each concern on it, by its id. */
  concerns: Record<string, number>
}

/** The page for the leader, of which a consultation has one. */
export function versionedLeaderPage(consultationId: string): Versioned {
  return { consultationId, kind: 'leader_page', row: 'leader_page' }
}

/**
 * Keeps what the office typed for the leader, with the numbers that stood beside it.
 * @throws Refused where somebody else has saved since
 */
export async function keepLeaderPage(
  db: Database,
  consultationId: string,
  { revision, ...text }: LeaderPageText & { revision: number },
  numbers: LeaderPageNumbers,
  act: Act,
): Promise<void> {
  const said = { ...text, numbers }
  await db.atomically((tx) => [
    ...keepVersion(tx, versionedLeaderPage(consultationId), { opened: revision, said }, act),
    logAct(tx, act, 'leader_page.keep', consultationId, { revision: revision + 1 }),
  ])
}

/** The numbers of the last one that was saved before a moment, and when that was; null where there is none. */
export async function numbersBefore(
  db: Database,
  consultationId: string,
  before: Date,
): Promise<{ numbers: LeaderPageNumbers; at: Date } | null> {
  const { said, savedAt, revision } = officeVersions
  const { kind, row } = versionedLeaderPage(consultationId)
  const [version] = await db.query
    .select({ said, at: savedAt })
    .from(officeVersions)
    .where(
      and(
        eq(officeVersions.consultationId, consultationId),
        eq(officeVersions.kind, kind),
        eq(officeVersions.row, row),
        lt(savedAt, before),
      ),
    )
    .orderBy(desc(revision))
    .limit(1)
  const numbers = version?.said?.numbers as LeaderPageNumbers | undefined
  return version?.at && numbers ? { numbers, at: version.at } : null
}

/** What a unit and the office hold of one thing, where they disagree (国务院令第713号 arts. 13, 26). */
export interface Difference {
  about: string
  unit: string
  theirs: string
  /** Null where the office has not said yet. */
  ours: string | null
}

/** 会签 that departments would not sign and that is not settled. */
export function unsettledDifferences(db: Database, consultationId: string): Promise<Difference[]> {
  return db.query
    .select({
      about: concerns.sentence,
      unit: departments.name,
      theirs: sql<string>`coalesce(${cosignatures.note}, '')`,
      ours: cosignatures.officePosition,
    })
    .from(concerns)
    .innerJoin(cosignatures, eq(cosignatures.concernId, concerns.id))
    .innerJoin(departments, eq(departments.id, cosignatures.departmentId))
    .where(
      and(
        eq(concerns.consultationId, consultationId),
        eq(cosignatures.position, 'differ'),
        eq(cosignatures.resolved, false),
      ),
    )
    .orderBy(desc(concerns.count), asc(concerns.id), asc(departments.name))
}

/** What these concerns say and how many points say it, by their ids; those alone that are there. */
export async function concernsById(
  db: Database,
  consultationId: string,
  ids: string[],
): Promise<Map<string, { sentence: string; count: number }>> {
  if (ids.length === 0) return new Map()
  const { id, sentence, count } = concerns
  const rows = await db.query
    .select({ id, sentence, count })
    .from(concerns)
    .where(and(eq(concerns.consultationId, consultationId), inArray(id, ids)))
  return new Map(rows.map(({ id, ...concern }) => [id, concern]))
}
