import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { findJob } from '../../../db/queries/papers/jobs.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import { PaperJobs } from '../../../server/jobs/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { type Filling, idOf } from './filling.ts'

const teller = {
  info() {},
  error(told: object) {
    throw new Error('a paper failed', { cause: told })
  },
}

/** A paper that was ordered and made. */
export interface MadePaper {
  /** Where staff download it. */
  address: string
  sha256: string
}

/** Orders a paper for inside and one for the public, as the office does, and waits until they are made. */
export async function makePapers(filling: Filling): Promise<MadePaper[]> {
  const jobs = new PaperJobs(filling.deps, teller)
  try {
    return [
      await makePaper(filling, jobs, 'internal', 'csv'),
      await makePaper(filling, jobs, 'public', 'xlsx'),
    ]
  } finally {
    await jobs.close()
  }
}

async function makePaper(
  filling: Filling,
  jobs: PaperJobs,
  scope: string,
  format: string,
): Promise<MadePaper> {
  const { deps, consultation } = filling
  const job = await jobs.order(
    {
      consultationId: consultation.id,
      kind: 'comments',
      format,
      scope,
      header: 'zh',
      // One clause: sealed files do not compress.
      filters: { ...everything, clause: 'p3' },
      origin: '',
      staffId: idOf(filling, 'drafter'),
      fileName: `意见.${format}`,
    },
    null,
  )
  while (await isComing(deps, consultation.id, job.id)) await wait(50)
  const paper = await jobs.open(job)
  if (!paper) throw new Error('the paper has no file')
  return {
    address: `/office/${consultation.slug}/jobs/${job.id}/file`,
    sha256: createHash('sha256')
      .update(await buffer(paper.content))
      .digest('hex'),
  }
}

async function isComing({ db }: Dependencies, consultationId: string, id: string): Promise<boolean> {
  const state = (await findJob(db, consultationId, id))?.state
  return state === 'waiting' || state === 'running'
}
