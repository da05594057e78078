import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm'
import { v7 as uuid } from 'uuid'
import { type Act, logAct } from '../../act.ts'
import type { Query } from '../../atomically.ts'
import type { Database } from '../../database.ts'
import { underThisKey } from '../../key-ring.ts'
import { doneUnless } from '../../refused.ts'
import { jobs } from '../../schema/index.ts'
import type { Seals } from '../../sealed.ts'

export type Job = typeof jobs.$inferSelect
export type NewJob = Pick<
  Job,
  'consultationId' | 'kind' | 'format' | 'scope' | 'header' | 'filters' | 'origin' | 'staffId' | 'fileName'
>

/** Papers are kept for a week, in milliseconds. */
const keptFor = 7 * 24 * 60 * 60 * 1000

/** Silent for longer than this, in milliseconds, it has died with its node. */
const longestSilence = 60_000

/** Begun so often in vain, it is given up. */
const mostAttempts = 3

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
  await logAct(db.query, act, 'paper.take', consultationId, { ...taken })
}

/**
 * Takes the job that has waited longest, or one that died with its node, and begins it.
 * @returns null where there is none
 */
export async function claimJob(db: Database, now: Date): Promise<Job | null> {
  const silentSince = new Date(now.getTime() - longestSilence)
  const claimable = and(
    lt(jobs.attempts, mostAttempts),
    or(eq(jobs.state, 'waiting'), and(eq(jobs.state, 'running'), lt(jobs.beatAt, silentSince))),
  )
  while (true) {
    const [next] = await db.query
      .select({ id: jobs.id })
      .from(jobs)
      .where(claimable)
      .orderBy(asc(jobs.id))
      .limit(1)
    if (!next) return null
    const [job] = await db.query
      .update(jobs)
      .set({ state: 'running', beatAt: now, done: 0, attempts: sql`${jobs.attempts} + 1` })
      .where(and(eq(jobs.id, next.id), claimable))
      .returning()
    if (job) return job
  }
}

/** How far a running job has come. @returns false where it was cancelled or begun anew meanwhile, so that it can be stopped */
export async function recordProgress(
  db: Database,
  job: Making,
  { done, total }: { done: number; total: number },
  now: Date,
): Promise<boolean> {
  const rows = await db.query
    .update(jobs)
    .set({ done, total, beatAt: now })
    .where(and(begun(job), eq(jobs.state, 'running')))
    .returning({ id: jobs.id })
  return rows.length > 0
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

/** The job as it was begun: not if it has to be made again since. */
function begun({ id, remadeAt }: Making) {
  return and(eq(jobs.id, id), remadeAt ? eq(jobs.remadeAt, remadeAt) : isNull(jobs.remadeAt))
}

type Making = Pick<Job, 'id' | 'remadeAt'>

/** Ends a job whose file is there. @returns false where the key with which that was sealed has been rotated meanwhile */
export function finishJob(db: Database, seals: Seals, job: Making, now: Date): Promise<boolean> {
  const done = db.atomically((tx) => [
    tx
      .update(jobs)
      .set({ state: 'done', problem: null, finishedAt: now })
      .where(and(begun(job), inArray(jobs.state, ['waiting', 'running']))),
    ...underThisKey(tx, seals),
  ])
  return doneUnless('rekeyed', done)
}

/** Ends a job that has not ended. @param problem why it was not made, in a sentence; null where nothing is known */
export async function endJob(
  db: Database,
  job: Making,
  state: 'failed' | 'cancelled',
  problem: string | null,
  now: Date,
): Promise<void> {
  await db.query
    .update(jobs)
    .set({ state, problem, finishedAt: now })
    .where(and(begun(job), inArray(jobs.state, ['waiting', 'running'])))
}

/** Lets another node, or this one after its restart, take a job whose making was interrupted. */
export async function releaseJob(db: Database, job: Making): Promise<void> {
  await db.query
    .update(jobs)
    .set({ state: 'waiting', attempts: sql`${jobs.attempts} - 1` })
    .where(and(begun(job), eq(jobs.state, 'running')))
}

/** Gives up the jobs that died with their node each time they were begun. */
export async function giveUpJobs(db: Database, now: Date): Promise<void> {
  const silentSince = new Date(now.getTime() - longestSilence)
  await db.query
    .update(jobs)
    .set({ state: 'failed', finishedAt: now })
    .where(and(eq(jobs.state, 'running'), gte(jobs.attempts, mostAttempts), lt(jobs.beatAt, silentSince)))
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
