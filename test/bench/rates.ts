import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dialect } from '../../db/columns.ts'
import { openDatabase } from '../../db/open.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { sqliteFile } from '../../db/url.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { seedSlug } from '../../server/seed.ts'
import { durable, startPostgres } from '../postgres-server.ts'
import { crowdOf, waitsOf } from './beside.ts'
import { besideHello, middle, type Ratio } from './beside-hello.ts'
import { secondsToCatchUp } from './caught-up.ts'
import { durability } from './durability.ts'
import { machine } from './machine.ts'
import { decisions, moderatorsCookie } from './moderator.ts'
import { portalIn, type Running, start } from './processes.ts'
import type { Posted, Requests } from './requests.ts'
import { submissions } from './submissions.ts'
import { Table } from './table.ts'
import { hasWrk, rateOf } from './wrk.ts'

/*
 * What the portal does in a second, as ratios to a bare `hello` of the same run: pages, submissions, what is read beside
 * them, decisions. On the engine that DATABASE_URL names, on an empty database of its own; the medians of three.
 */
const rounds = 3
const seconds = 4
const atOnce = 128
const crowd = 1000
/** More than any of the loads sends. */
const plenty = 60_000

const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const server = dialect === 'postgres' ? await startPostgres(durable) : null
const env = portalIn(folder, server ? `${server.address}/postgres` : `file:${join(folder, 'portal.db')}`)
const config = readConfig(env)
const table = new Table()
let portal: Running | undefined
let hello: Running | undefined

try {
  hello = await start('test/bench/hello.ts', {})
  portal = await start('server/main.ts', env)
  await measure(hello.address, portal)
} finally {
  await portal?.stop()
  await hello?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function measure(hello: string, portal: Running): Promise<void> {
  const db = await openDatabase({ url: config.databaseUrl })
  const seals = createSeals(config.secretKey)
  const deps: Dependencies = { config, db, seals, texts: new TextThread(), now: () => new Date() }
  const about = { ...(await machine(db)), durability: await durability(db, sqliteFile(config.databaseUrl)) }
  if (!hasWrk)
    process.stdout.write('wrk is not installed: a generator in JavaScript flatters these figures\n')
  await measurePages(hello, portal.address)
  await measureSubmissions(deps, hello, portal.address)
  await measureDecisions(deps, hello, portal.address)
  table.add('memory after it all', { MiB: residentMiB(portal.pid) })
  await db.close()
  await deps.texts.close()
  process.stdout.write(table.written(about))
}

async function measurePages(hello: string, address: string): Promise<void> {
  const draft = `${address}/consultations/${seedSlug}`
  const br = { 'accept-encoding': 'br' }
  const etag = (await fetch(draft, { headers: br })).headers.get('etag') ?? ''
  const close = { connection: 'close' }
  const measuredBy = new Map<string, Ratio[]>()
  const rows = [
    { name: 'draft page, kept, br', url: draft, headers: br },
    { name: '304', url: draft, headers: { ...br, 'if-none-match': etag } },
    { name: 'clause page, kept, br', url: `${draft}/clauses/p7`, headers: br },
    { name: 'draft page, a new connection each', url: draft, headers: { ...br, ...close }, likewise: close },
  ]
  for (let round = 0; round < rounds; round++) {
    for (const { name, likewise, ...asked } of rows) {
      const measured = await besideHello(
        hello,
        { connections: 50, seconds, ...asked },
        likewise && { headers: likewise },
      )
      measuredBy.set(name, [...(measuredBy.get(name) ?? []), measured])
    }
  }
  for (const [name, measured] of measuredBy) table.addRatio(name, middle(measured))
}

async function measureSubmissions(deps: Dependencies, hello: string, address: string): Promise<void> {
  const draft = `${address}/consultations/${seedSlug}`
  const flood = (name: string, seed: number, lasting: number) => ({
    ...{ url: address, connections: atOnce, seconds: lasting },
    posts: posting(name, { 'content-type': 'application/json' }, submissions(plenty, seed)),
  })
  const measured: Ratio[] = []
  for (let round = 0; round < rounds; round++)
    measured.push(await besideHello(hello, flood(`alone-${round}`, round, seconds)))
  table.addRatio(`submissions, ${atOnce} connections`, middle(measured))

  const beside = rateOf(flood('beside', 10, 12))
  const [kept, fresh] = await Promise.all([waitsOf(draft, 'kept', 10), waitsOf(draft, 'new', 10)])
  await beside
  table.addWaits('GET beside them, kept connection', kept)
  table.addWaits('GET beside them, new connection', fresh)

  const again = rateOf(flood('crowd', 11, 8))
  await new Promise((resolve) => setTimeout(resolve, 1000))
  table.addWaits(`${crowd} new connections at once, beside them`, await crowdOf(draft, crowd))
  await again
  table.add('what follows them is caught up after', { seconds: await secondsToCatchUp(deps) })
}

async function measureDecisions(deps: Dependencies, hello: string, address: string): Promise<void> {
  const cookie = await moderatorsCookie(deps)
  const all = await decisions(deps, address, cookie, plenty)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie }
  const each = Math.floor(all.length / rounds)
  const measured: Ratio[] = []
  for (let round = 0; round < rounds; round++) {
    const some = all.slice(round * each, (round + 1) * each)
    const posts = posting(`decisions-${round}`, headers, some)
    measured.push(await besideHello(hello, { url: address, connections: 16, seconds, posts }))
  }
  table.addRatio('moderation decisions, 16 connections', middle(measured))
}

function posting(name: string, headers: Requests['headers'], all: readonly Posted[]): Requests {
  return { folder, name, headers, all }
}

function residentMiB(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
  return Math.round((pages * 4096) / 1024 ** 2)
}
