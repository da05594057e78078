import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import {
  addJob,
  fileNameOf,
  findJob,
  type Job,
  type NewJob,
  remakePapers,
  standingFiles,
} from '../../../db/queries/papers/jobs.ts'
import { claimJob, endJob, finishJob, recordProgress } from '../../../db/queries/papers/making.ts'
import { jobs } from '../../../db/schema/index.ts'
import { PaperJobs } from '../../../server/jobs/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aMember } from '../../staff.ts'

let portal: TestPortal
let asked: NewJob

/** A portal that has stopped serving, so that no other than the test's own take up its papers. */
beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  asked = {
    consultationId: consultation?.id ?? '',
    kind: 'comments',
    format: 'csv',
    scope: 'internal',
    header: 'zh',
    filters: everything,
    origin: '',
    staffId: (await aMember(portal, 'drafter')).id,
    fileName: 'x.csv',
  }
  await portal.app.close()
})
afterAll(() => portal.close())

const papers = () => new PaperJobs(portal.deps, { info() {}, error() {} })

const stateOf = async ({ id }: Job) => (await findJob(portal.db, asked.consultationId, id))?.state

/** The first state that is none of these. */
async function after(job: Job, ...states: string[]): Promise<string | undefined> {
  for (let turn = 0; turn < 1200; turn++) {
    const state = await stateOf(job)
    if (!state || !states.includes(state)) return state
    await wait(50)
  }
  return expect.unreachable('the paper was never taken up or ended')
}

/** A paper whose node died over its making so many times. */
async function left(attempts: number): Promise<Job> {
  const { db, clock } = portal
  const job = await addJob(db, asked, null, clock.now)
  const died = { state: 'running', beatAt: new Date(clock.now.getTime() - 61_000), attempts }
  await db.query.update(jobs).set(died).where(eq(jobs.id, job.id))
  return job
}

test('a paper that a stop interrupts is made after the restart, and one that died with its node is taken up', async () => {
  const stopped = papers()
  const interrupted = await stopped.order(asked, null)
  expect(await after(interrupted, 'waiting')).toBe('running')
  await stopped.close()
  expect(await stateOf(interrupted)).toBe('waiting')

  const [lost, beaten] = [await left(1), await left(3)]
  const restarted = papers()
  onTestFinished(() => restarted.close())
  const last = await restarted.order(asked, null)
  expect(await after(last, 'waiting', 'running')).toBe('done')
  expect(await Promise.all([interrupted, lost, beaten].map(stateOf))).toEqual(['done', 'done', 'failed'])
})

test('what has to be made again while it is made ends for nothing, under another file', async () => {
  const { db, clock } = portal
  await addJob(db, asked, null, clock.now)
  const job = await claimJob(db, clock.now)
  if (!job) return expect.unreachable('nothing waited')
  await db.atomically((tx) => [remakePapers(tx, asked.consultationId, clock.now)])
  expect(await recordProgress(db, job, { done: 1, total: 2 }, clock.now)).toBe(false)
  await finishJob(db, portal.deps.seals, job, clock.now)
  expect(await stateOf(job)).toBe('waiting')
  const again = await findJob(db, asked.consultationId, job.id)
  if (!again) return expect.unreachable('the job is gone')
  expect(fileNameOf(again)).not.toBe(fileNameOf(job))
  expect(await standingFiles(db, [fileNameOf(job), fileNameOf(again)])).toEqual(new Set([fileNameOf(again)]))
  await endJob(db, again, 'cancelled', null, clock.now)
})
