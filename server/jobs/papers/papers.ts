import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  addJob,
  dropExpiredJobs,
  fileNameOf,
  type Job,
  type NewJob,
  standingFiles,
} from '../../../db/queries/papers/jobs.ts'
import {
  claimJob,
  endJob,
  finishJob,
  giveUpJobs,
  recordProgress,
  releaseJob,
} from '../../../db/queries/papers/making.ts'
import { followRing } from '../../../db/sealing/key-ring.ts'
import { isSealedAnew, openSealedFile } from '../../../db/sealing/sealed-files.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { Teller } from '../teller.ts'
import { startPaper } from './paper-child.ts'
import type { PaperNews } from './paper-order.ts'

const lookEvery = 5_000
const beatEvery = 1_000
const sweepEvery = 10 * 60_000

/**
 * Makes long papers, one after the other, each in a process of its own, so that serving goes on at its pace meanwhile.
 * Orders wait in the database: whichever node has time takes the next, and one whose node died is taken up again.
 */
export class PaperJobs {
  readonly #deps: Dependencies
  readonly #teller: Teller
  readonly #looking: NodeJS.Timeout
  #working: Promise<void> | null = null
  #making: { id: string; child: ChildProcess } | null = null
  #swept = 0
  #isClosed = false

  constructor(deps: Dependencies, teller: Teller) {
    this.#deps = deps
    this.#teller = teller
    this.#looking = setInterval(() => this.#wake(), lookEvery).unref()
  }

  /** Orders a paper. @param reason why persons are to be named in it; null where they are not */
  async order(asked: NewJob, reason: string | null): Promise<Job> {
    const { db, now } = this.#deps
    const job = await addJob(db, asked, reason, now())
    this.#wake()
    return job
  }

  /** Stops a paper that waits or is being made, by whichever node. */
  async cancel(job: Job): Promise<void> {
    const { db, now } = this.#deps
    await endJob(db, job, 'cancelled', null, now())
    if (this.#making?.id === job.id) this.#making.child.kill()
  }

  /** A paper that is ready, and how long it is; null where it is not there. */
  open(job: Job) {
    return openSealedFile(this.#deps.seals, job.id, this.#fileOf(job))
  }

  /** Stops with the portal: what is being made waits for another node, or for the portal's return. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#looking)
    this.#making?.child.kill()
    await this.#working
  }

  #fileOf(job: Job): string {
    return join(this.#deps.config.dataDir, 'papers', fileNameOf(job))
  }

  #wake(): void {
    if (this.#isClosed || this.#working) return
    this.#working = this.#work()
      .catch((err) => this.#teller.error({ err }, 'papers failed'))
      .finally(() => {
        this.#working = null
      })
  }

  async #work(): Promise<void> {
    const { db, now } = this.#deps
    await giveUpJobs(db, now())
    await this.#sweep()
    while (!this.#isClosed) {
      const job = await claimJob(db, now())
      if (!job) return
      // What was made before holds what must not be found any more.
      if (job.remadeAt) await this.#removeStrangers()
      await this.#make(job)
    }
  }

  /** Forgets the papers whose week is over, and removes files that belong to none. */
  async #sweep(): Promise<void> {
    const { db, now } = this.#deps
    if (now().getTime() - this.#swept < sweepEvery) return
    this.#swept = now().getTime()
    await dropExpiredJobs(db, now())
    await this.#removeStrangers()
  }

  /** Removes the files that belong to no paper. */
  async #removeStrangers(): Promise<void> {
    const { db, config } = this.#deps
    const folder = join(config.dataDir, 'papers')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const names = (await readdir(folder)).slice(0, 1000)
    const known = await standingFiles(db, names.map(nameIn))
    for (const name of names) {
      if (!known.has(nameIn(name))) await rm(join(folder, name), { force: true })
    }
  }

  async #make(job: Job): Promise<void> {
    const { db, now } = this.#deps
    const child = startPaper(this.#deps, job, this.#fileOf(job))
    this.#making = { id: job.id, child }
    let progress = { done: 0, total: 0 }
    let problem: string | null = null
    child.on('message', (news: PaperNews) => {
      if ('problem' in news) problem = news.problem
      else progress = news
    })
    const beat = setInterval(() => {
      recordProgress(db, job, progress, now()).then(
        (goesOn) => goesOn || child.kill(),
        (err) => this.#teller.error({ err }, 'progress was not kept'),
      )
    }, beatEvery)
    const [code] = await once(child, 'exit')
    clearInterval(beat)
    this.#making = null
    if (code === 0) return this.#finish(job)
    await rm(`${this.#fileOf(job)}.part`, { force: true })
    if (this.#isClosed) return releaseJob(db, job)
    return endJob(db, job, 'failed', problem, now())
  }

  /** One that was begun with the key of before is made again: whoever rotates keys may have been through the files. */
  async #finish(job: Job): Promise<void> {
    const { db, seals, now } = this.#deps
    const isAnew = await isSealedAnew(seals, this.#fileOf(job))
    if (isAnew && (await finishJob(db, seals, job, now()))) return
    await followRing(db, seals)
    await releaseJob(db, job)
  }
}

/** What a file is, or is to become once it is whole. */
function nameIn(name: string): string {
  return name.replace(/\.(part|resealed)$/, '')
}
