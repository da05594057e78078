import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consultation } from '../../db/queries/consultations.ts'
import { addJob, dropExpiredJobs, endJob, type Job, recordProgress } from '../../db/queries/jobs.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Header, Scope } from '../documents/comment-table.ts'
import type { PaperOrder, PaperProgress } from './paper-order.ts'

export interface PaperAsked {
  kind: string
  format: string
  scope: Scope
  header: Header
  origin: string
  fileName: string
  /** How many comments there are to read, for the progress bar. */
  total: number
  staffId: string
}

/** Makes long papers in processes of their own, so that serving goes on at its pace meanwhile. */
export class PaperJobs {
  readonly #deps: Dependencies
  readonly #running = new Map<string, ChildProcess>()

  constructor(deps: Dependencies) {
    this.#deps = deps
  }

  /** Begins a paper and forgets those whose week is over. */
  async start(consultation: Consultation, asked: PaperAsked): Promise<Job> {
    const { db, now } = this.#deps
    await this.#clear()
    const { kind, format, scope, total, fileName, staffId } = asked
    const job = await addJob(
      db,
      { consultationId: consultation.id, kind, format, scope, total, fileName, staffId },
      now(),
    )
    this.#run(job, consultation.slug, asked)
    return job
  }

  /** Stops a running paper and removes what was written of it. */
  async cancel(id: string): Promise<void> {
    const { db, now } = this.#deps
    await endJob(db, id, 'cancelled', now())
    this.#running.get(id)?.kill()
  }

  /** Where a paper's file lies. */
  fileOf(id: string): string {
    return join(this.#deps.config.dataDir, 'papers', id)
  }

  /** Stops all of them, when the portal stops. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.cancel(id)))
  }

  async #clear(): Promise<void> {
    const { db, now } = this.#deps
    for (const id of await dropExpiredJobs(db, now())) await rm(this.fileOf(id), { force: true })
  }

  #run(job: Job, slug: string, { header, origin }: PaperAsked): void {
    const { config, db, now } = this.#deps
    const file = this.fileOf(job.id)
    mkdirSync(join(config.dataDir, 'papers'), { recursive: true, mode: 0o700 })
    const child = fork(join(import.meta.dirname, 'paper-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE_URL: config.databaseUrl },
    })
    this.#running.set(job.id, child)
    const order: PaperOrder = {
      config: { databaseUrl: config.databaseUrl },
      secretKey: config.secretKey.toString('base64'),
      slug,
      kind: job.kind,
      format: job.format,
      scope: job.scope === 'public' ? 'public' : 'internal',
      header,
      origin,
      now: now().toISOString(),
      file,
    }
    child.send(order)
    child.on('message', ({ read }: PaperProgress) => {
      recordProgress(db, job.id, read, now()).catch(() => child.kill())
    })
    child.once('exit', (code) => {
      this.#running.delete(job.id)
      this.#ended(job.id, code === 0).catch(() => {})
    })
  }

  async #ended(id: string, whole: boolean): Promise<void> {
    const { db, now } = this.#deps
    if (!whole) await rm(`${this.fileOf(id)}.part`, { force: true })
    await endJob(db, id, whole ? 'done' : 'failed', now())
  }
}
