import { and, desc, eq, lt } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Database, must } from '../open.ts'
import { jobs, log } from '../schema/index.ts'

export type Job = typeof jobs.$inferSelect
export type NewJob = Pick<
  Job,
  'consultationId' | 'kind' | 'format' | 'scope' | 'staffId' | 'total' | 'fileName'
>

/** Papers are kept for a week. */
const keptFor = 7 * 24 * 60 * 60 * 1000

/** Records that a paper is being made, and who asked for it. */
export async function addJob(db: Database, job: NewJob, now: Date): Promise<Job> {
  const { staffId, kind, format, scope } = job
  const id = uuid()
  const expiresAt = new Date(now.getTime() + keptFor)
  const [[row]] = await db.atomically((tx) => [
    must(
      tx
        .insert(jobs)
        .values({ id, ...job, state: 'running', done: 0, createdAt: now, beatAt: now, expiresAt })
        .returning(),
    ),
    tx
      .insert(log)
      .values({ at: now, staffId, act: 'paper.make', subject: id, detail: { kind, format, scope } }),
  ])
  if (!row) throw new Error('the job was not stored')
  return row
}

/** How far a running job has come; one that was cancelled meanwhile stays so. */
export async function recordProgress(db: Database, id: string, done: number, now: Date): Promise<void> {
  await db.query
    .update(jobs)
    .set({ done, beatAt: now })
    .where(and(eq(jobs.id, id), eq(jobs.state, 'running')))
}

/** Ends a running job. Returns false where it has ended already. */
export async function endJob(
  db: Database,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  now: Date,
): Promise<boolean> {
  const rows = await db.query
    .update(jobs)
    .set({ state, finishedAt: now })
    .where(and(eq(jobs.id, id), eq(jobs.state, 'running')))
    .returning({ id: jobs.id })
  return rows.length > 0
}

/** A job of this consultation; null where there is none. */
export async function findJob(db: Database, consultationId: string, id: string): Promise<Job | null> {
  const [job] = await db.query
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.consultationId, consultationId)))
    .limit(1)
  return job ?? null
}

/** A consultation's papers of the last week, the newest first. */
export function jobsOf(db: Database, consultationId: string): Promise<Job[]> {
  return db.query
    .select()
    .from(jobs)
    .where(eq(jobs.consultationId, consultationId))
    .orderBy(desc(jobs.id))
    .limit(50)
}

/** Forgets the jobs whose week is over. Returns their ids, for whoever removes the files. */
export async function dropExpiredJobs(db: Database, now: Date): Promise<string[]> {
  const rows = await db.query.delete(jobs).where(lt(jobs.expiresAt, now)).returning({ id: jobs.id })
  return rows.map(({ id }) => id)
}
