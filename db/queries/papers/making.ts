import { and, asc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../../database.ts'
import { doneUnless } from '../../refused.ts'
import { jobs } from '../../schema/index.ts'
import { underThisKey } from '../../sealing/key-ring.ts'
import type { Seals } from '../../sealing/sealed.ts'
import type { Job } from './jobs.ts'

/** Silent for longer than this, in milliseconds, it has died with its node. */
const longestSilence = 60_000

/** Begun so often in vain, it is given up. */
const mostAttempts = 3

/** A job as it was taken up: not the same where it has to be made again since. */
type Making = Pick<Job, 'id' | 'remadeAt'>

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

/** The job as it was begun: not if it has to be made again since. */
function begun({ id, remadeAt }: Making) {
  return and(eq(jobs.id, id), remadeAt ? eq(jobs.remadeAt, remadeAt) : isNull(jobs.remadeAt))
}
