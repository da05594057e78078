import { and, asc, desc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { BulkRuling, Skipped } from '../../../server/rules/moderation/bulks.ts'
import { logAct } from '../../act.ts'
import { type Database, must } from '../../open.ts'
import { bulks } from '../../schema/index.ts'

export type Bulk = typeof bulks.$inferSelect

/** Freezes the list of a bulk; nothing is decided before it is started. @returns its id */
export async function prepareBulk(
  db: Database,
  staffId: string,
  ruling: BulkRuling,
  comments: string[],
  now: Date,
): Promise<string> {
  const id = uuid()
  await db.query.insert(bulks).values({
    id,
    staffId,
    ruling,
    comments,
    state: 'prepared',
    position: 0,
    decided: 0,
    skipped: [],
    createdAt: now,
  })
  return id
}

/** A bulk of this member of staff; null where there is none. */
export async function findBulk(db: Database, id: string, staffId: string): Promise<Bulk | null> {
  const [row] = await db.query
    .select()
    .from(bulks)
    .where(and(eq(bulks.id, id), eq(bulks.staffId, staffId)))
  return row ?? null
}

/** The latest bulks of this member of staff, the newest first. */
export function bulksOf(db: Database, staffId: string): Promise<Bulk[]> {
  return db.query.select().from(bulks).where(eq(bulks.staffId, staffId)).orderBy(desc(bulks.id)).limit(20)
}

/** The bulk that has been running longest; null where none runs. */
export async function runningBulk(db: Database): Promise<Bulk | null> {
  const [row] = await db.query
    .select()
    .from(bulks)
    .where(eq(bulks.state, 'running'))
    .orderBy(asc(bulks.id))
    .limit(1)
  return row ?? null
}

/** Starts or stops a bulk. @throws Refused where it is not in the state `from` */
export async function turnBulk(
  db: Database,
  bulk: Bulk,
  from: 'prepared' | 'running',
  to: 'running' | 'stopped',
  now: Date,
): Promise<void> {
  await db.atomically((tx) => [
    must(
      tx
        .update(bulks)
        .set({ state: to, finishedAt: to === 'stopped' ? now : null })
        .where(and(eq(bulks.id, bulk.id), eq(bulks.state, from)))
        .returning({ id: bulks.id }),
    ),
    logAct(tx, { staffId: bulk.staffId, now }, to === 'running' ? 'bulk.start' : 'bulk.stop', bulk.id, {
      comments: bulk.comments.length,
      ...bulk.ruling,
      note: null,
    }),
  ])
}

/** Keeps how far a running bulk has come. @returns whether it goes on */
export async function advanceBulk(
  db: Database,
  bulk: Pick<Bulk, 'id' | 'position' | 'decided'> & { skipped: Skipped[] },
  isDone: boolean,
  now: Date,
): Promise<boolean> {
  const { id, position, decided, skipped } = bulk
  const end = isDone ? { state: 'done', finishedAt: now } : {}
  const rows = await db.query
    .update(bulks)
    .set({ position, decided, skipped, ...end })
    .where(and(eq(bulks.id, id), eq(bulks.state, 'running')))
    .returning({ id: bulks.id })
  return rows.length > 0 && !isDone
}
