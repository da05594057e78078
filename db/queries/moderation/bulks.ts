import { and, asc, desc, eq } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import type { BulkRuling } from '../../../server/rules/moderation/bulks.ts'
import { type Act, logAct } from '../../act.ts'
import { must } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { bulks } from '../../schema/index.ts'
import { unmarked } from '../faults.ts'

export type Bulk = typeof bulks.$inferSelect

/** Freezes the list of a bulk; nothing is decided before it is started. @returns its id */
export async function prepareBulk(
  db: Database,
  ruling: BulkRuling,
  comments: string[],
  act: Act,
): Promise<string> {
  const id = uuid()
  await db.query.insert(bulks).values({
    id,
    staffId: act.staffId,
    ruling,
    comments,
    state: 'prepared',
    position: 0,
    decided: 0,
    skipped: [],
    createdAt: act.now,
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

/** The bulks that run, the one that was started first before the others, without those that are marked. */
export async function runningBulks(db: Database, most: number): Promise<string[]> {
  const rows = await db.query
    .select({ id: bulks.id })
    .from(bulks)
    .where(and(eq(bulks.state, 'running'), unmarked(db.query, 'bulks', bulks.id)))
    .orderBy(asc(bulks.id))
    .limit(most)
  return rows.map(({ id }) => id)
}

/** A bulk that runs; null where it does not. */
export async function runningBulk(db: Database, id: string): Promise<Bulk | null> {
  const [row] = await db.query
    .select()
    .from(bulks)
    .where(and(eq(bulks.id, id), eq(bulks.state, 'running')))
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
      'stale',
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

/** How far a bulk has come; `comments` where those that failed were put behind the others, `dueAt` where decisions take effect later. */
type BulkProgress = Pick<Bulk, 'position' | 'decided' | 'skipped'> & Partial<Pick<Bulk, 'comments' | 'dueAt'>>

/** Keeps how far a bulk has come, if it is still running. */
export async function advanceBulk(
  db: Database,
  { id }: Pick<Bulk, 'id'>,
  progress: BulkProgress,
  isDone: boolean,
  now: Date,
): Promise<void> {
  const end = isDone ? { state: 'done', finishedAt: now } : {}
  await db.atomically((tx) => [
    tx
      .update(bulks)
      .set({ ...progress, ...end })
      .where(and(eq(bulks.id, id), eq(bulks.state, 'running'))),
  ])
}
