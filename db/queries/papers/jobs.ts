import { and, desc, eq, inArray, lte } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct, logAlone } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { jobs } from '../../schema/index.ts'

export type Job = typeof jobs.$inferSelect
export type NewJob = Pick<
  Job,
  'consultationId' | 'kind' | 'format' | 'scope' | 'header' | 'filters' | 'origin' | 'staffId' | 'fileName'
>

/** Papers are kept for a week, in milliseconds. */
const keptFor = 7 * 24 * 60 * 60 * 1000

/**
 * Orders a paper. Which, and for what reason where persons are named in it, stands in the log in the same list.
 * @param reason null where none is asked for
 */
export async function addJob(db: Database, job: NewJob, reason: string | null, now: Date): Promise<Job> {
  const { consultationId, staffId, kind, format, scope } = job
  const id = uuid()
  const expiresAt = new Date(now.getTime() + keptFor)
  const fresh = { state: 'waiting', attempts: 0, done: 0, total: 0, createdAt: now, beatAt: now, expiresAt }
  const detail = { job: id, kind, format, scope, reason }
  const [[row]] = await db.atomically((tx) => [
    tx
      .insert(jobs)
      .values({ id, ...job, ...fresh })
      .returning(),
    logAct(tx, { staffId, now }, 'paper.make', consultationId, detail),
  ])
  if (!row) throw new Error('the job was not stored')
  return row
}

/** Records in the log that a file was taken away, in whatever way. @param staffId null: by an operator's command */
export async function logTaken(
  db: Database,
  consultationId: string,
  taken: { kind: string; format: string; scope: string; reason: string | null },
  act: Act<string | null>,
): Promise<void> {
  await logAlone(db, act, 'paper.take', consultationId, { ...taken })
}

/**
 * The statement after which no paper of a consultation that was made before is handed out, and each is made again: since
 * then the database no longer holds what has to leave them. One that is being made now is begun anew.
 */
export function remakePapers(tx: Pick<Query, 'update'>, consultationId: string, now: Date) {
  return tx
    .update(jobs)
    .set({ state: 'waiting', attempts: 0, done: 0, finishedAt: null, remadeAt: now })
    .where(and(eq(jobs.consultationId, consultationId), inArray(jobs.state, ['waiting', 'running', 'done'])))
}

/** The name of a job's file: one that had to be made again has another. */
export function fileNameOf({ id, remadeAt }: Pick<Job, 'id' | 'remadeAt'>): string {
  return remadeAt ? `${id}.${remadeAt.getTime()}` : id
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

/** Forgets the jobs whose week is over. */
export async function dropExpiredJobs(db: Database, now: Date): Promise<void> {
  await db.query.delete(jobs).where(lte(jobs.expiresAt, now))
}

/** Of these, the names that are those of jobs' files. @param names at most 1,000 */
export async function standingFiles(db: Database, names: string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const ids = names.map((name) => name.split('.', 1)[0] ?? name)
  const { id, remadeAt } = jobs
  const rows = await db.query.select({ id, remadeAt }).from(jobs).where(inArray(id, ids))
  return new Set(rows.map(fileNameOf))
}
