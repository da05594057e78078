import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../db/open.ts'
import type { Consultation } from '../../db/queries/consultations/consultations.ts'
import { findJob } from '../../db/queries/papers/jobs.ts'
import { staff } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { PaperJobs } from '../../server/jobs/papers/papers.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { everything } from '../../server/rules/comments/reading-filters.ts'
import { load, type Measured } from './load.ts'
import { fillWith } from './million.ts'
import { portalIn, start } from './processes.ts'

/*
 * What long papers cost the site: p99 of the draft page while one is made, beside its p99 without, in one run; and the
 * most memory that the process which makes it takes. More rows than a sheet holds, unless another number is given.
 */
const comments = Number(process.argv[2] ?? 1_100_000)
const seconds = 15_000
const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const env = portalIn(folder, `file:${join(folder, 'portal.db')}`)

try {
  await measure()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** @throws Error where something is refused: that would be quicker */
async function answered(asked: Parameters<typeof load>[0]): Promise<Measured> {
  const measured = await load(asked)
  if (measured.refused > 0) throw new Error(`${asked.url} refused ${measured.refused}`)
  return measured
}

async function measure(): Promise<void> {
  const consultation = await fillWith(env.DATABASE_URL, comments)
  const portal = await start('server/main.ts', env)
  const config = readConfig(env)
  const db = await openDatabase({ url: config.databaseUrl })
  const seals = createSeals(config.secretKey)
  const deps = { config, db, seals, texts: new TextThread(), now: () => new Date() }
  await db.query.insert(staff).values({ id: 'bench', name: 'bench', createdAt: new Date() })
  const page = `${portal.address}/consultations/${consultation.slug}`
  const jobs = new PaperJobs(deps, { info() {}, error: tell })
  try {
    // A portal that starts counts the words of every clause first.
    await answered({ url: page, connections: 4, until: 20_000 })
    const alone = await answered({ url: page, connections: 4, until: seconds })
    print(`draft page alone, ${comments} comments`, alone)
    for (const format of ['csv', 'xlsx']) {
      const making = make(deps, jobs, consultation, format)
      const beside = await answered({ url: page, connections: 4, until: making })
      const { took, megabytes, size } = await making
      print(
        `… while they are made into ${format}`,
        beside,
        `p99 ${(beside.p99 / alone.p99).toFixed(1)} × alone`,
      )
      process.stdout.write(
        `  ${(took / 1000).toFixed(0)} s, ${(comments / (took / 1000)).toFixed(0)} comments/s, file ${size} MB, peak memory ${megabytes} MB\n`,
      )
    }
    print('draft page alone, again', await answered({ url: page, connections: 4, until: seconds }))
  } finally {
    await jobs.close()
    await Promise.all([portal.stop(), db.close()])
  }
}

function tell(told: object, message: string): void {
  process.stderr.write(`${message} ${JSON.stringify(told)}\n`)
}

async function make(deps: Dependencies, jobs: PaperJobs, { id }: Consultation, format: string) {
  const began = performance.now()
  const asked = { kind: 'comments', scope: 'internal', header: 'zh', filters: everything, origin: '' }
  const job = await jobs.order(
    { ...asked, consultationId: id, format, staffId: 'bench', fileName: format },
    null,
  )
  let megabytes = 0
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    megabytes = Math.max(megabytes, ...children().map(peakMegabytes))
    const state = (await findJob(deps.db, id, job.id))?.state
    if (state === 'failed') throw new Error(`${format} was not made`)
    if (state !== 'done') continue
    const size = Math.round(statSync(join(folder, 'papers', job.id)).size / 1e6)
    return { took: performance.now() - began, megabytes, size }
  }
}

/** The processes that this one has started and that make papers. */
function children(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => fileOf(pid, 'cmdline').includes('paper-process') && parentOf(pid) === process.pid)
}

function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
function parentOf(pid: number): number {
  return Number(/PPid:\s+(\d+)/.exec(fileOf(pid, 'status'))?.[1])
}

/** What it has held at most (Linux's VmHWM). */
function peakMegabytes(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(fileOf(pid, 'status'))?.[1] ?? 0) / 1024)
}

function print(what: string, { rate, p50, p99 }: Measured, ratio = ''): void {
  const figures = [`${rate.toFixed(0)}/s`, `p50 ${p50.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms`, ratio]
  process.stdout.write(`${what.padEnd(46)}${figures.map((figure) => figure.padEnd(16)).join('')}\n`)
}
