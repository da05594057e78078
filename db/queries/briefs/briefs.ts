import { and, asc, desc, eq, isNotNull, isNull, lt, lte } from 'drizzle-orm'
import type { BriefSection, SectionKey } from '../../../server/rules/briefs/brief.ts'
import { type Act, logAct } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { briefSections, briefs, consultations } from '../../schema/index.ts'

/** How far a brief has come. */
export type Brief = typeof briefs.$inferSelect

/** Asks for the brief as of a day (YYYY-MM-DD), once more where there is one. */
export async function askForBrief(
  db: Database,
  consultationId: string,
  day: string,
  act: Act,
): Promise<void> {
  await db.atomically((tx) => [
    asking(tx, consultationId, day, act.now),
    logAct(tx, act, 'brief.ask', consultationId, { day }),
  ])
}

/** The same by the portal itself, which keeps up what staff have begun. */
export async function renewBrief(
  db: Database,
  consultationId: string,
  day: string,
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [asking(tx, consultationId, day, now)])
}

function asking(tx: Query, consultationId: string, day: string, askedAt: Date) {
  const asked = { askedAt, done: 0, total: 0 }
  return tx
    .insert(briefs)
    .values({ consultationId, day, ...asked })
    .onConflictDoUpdate({ target: [briefs.consultationId, briefs.day], set: asked })
}

/** The consultations of which there is a brief and whose outcome is not out. */
export async function consultationsWithBriefs(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .selectDistinct({ id: briefs.consultationId })
    .from(briefs)
    .innerJoin(consultations, eq(consultations.id, briefs.consultationId))
    .where(and(isNotNull(briefs.madeAt), isNull(consultations.outcomeAt)))
    .orderBy(asc(briefs.consultationId))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** The brief as of a day; null where nobody has asked for it. */
export async function findBrief(db: Database, consultationId: string, day: string): Promise<Brief | null> {
  const [row] = await db.query.select().from(briefs).where(isOf(consultationId, day))
  return row ?? null
}

/** The newest that was made as of this day or one before it; null where there is none. */
export async function newestBrief(db: Database, consultationId: string, day: string): Promise<Brief | null> {
  const [row] = await db.query
    .select()
    .from(briefs)
    .where(and(eq(briefs.consultationId, consultationId), lte(briefs.day, day), isNotNull(briefs.madeAt)))
    .orderBy(desc(briefs.day))
    .limit(1)
  return row ?? null
}

/** The last that was made as of a day before this one. */
export async function earlierBrief(db: Database, consultationId: string, day: string): Promise<Brief | null> {
  const [row] = await db.query
    .select()
    .from(briefs)
    .where(and(eq(briefs.consultationId, consultationId), lt(briefs.day, day), isNotNull(briefs.madeAt)))
    .orderBy(desc(briefs.day))
    .limit(1)
  return row ?? null
}

/** The days of which there are briefs, the newest first. */
export async function briefDays(db: Database, consultationId: string): Promise<string[]> {
  const rows = await db.query
    .select({ day: briefs.day })
    .from(briefs)
    .where(and(eq(briefs.consultationId, consultationId), isNotNull(briefs.madeAt)))
    .orderBy(desc(briefs.day))
    .limit(100)
  return rows.map(({ day }) => day)
}

/** A section of a brief that was made; null where nothing was said of it. */
export async function briefSection(
  db: Database,
  consultationId: string,
  day: string,
  { kind, key }: SectionKey,
): Promise<BriefSection | null> {
  const [row] = await db.query
    .select({ said: briefSections.said })
    .from(briefSections)
    .where(
      and(
        eq(briefSections.consultationId, consultationId),
        eq(briefSections.day, day),
        eq(briefSections.kind, kind),
        eq(briefSections.key, key),
      ),
    )
  return row?.said ?? null
}

/** Of which parts there are sections, as they are keyed. */
export function briefParts(db: Database, consultationId: string, day: string): Promise<SectionKey[]> {
  const { kind, key } = briefSections
  return db.query
    .select({ kind, key })
    .from(briefSections)
    .where(and(eq(briefSections.consultationId, consultationId), eq(briefSections.day, day)))
    .orderBy(asc(kind), asc(key))
}

/** The condition that a row is the brief of a consultation as of a day. */
export function isOf(consultationId: string, day: string) {
  return and(eq(briefs.consultationId, consultationId), eq(briefs.day, day))
}
