import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { dialect } from '../../db/columns.ts'
import { openDatabase } from '../../db/open.ts'
import { comments, consultations } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import type { TestPortal } from '../build.ts'
import { fixtureVersions, loadFixture } from '../db/upgrades/fixture.ts'
import { type Answer, choosing, follow, isPublic, isStaffs, pageOf } from '../links.ts'
import { startPostgres } from '../postgres-server.ts'
import { codeOf, StaffBrowser } from '../staff.ts'
import { grow } from './grown.ts'

/*
 * What every page takes with many comments, beside what it takes with few: the medians, and the one divided by the
 * other. Of the engine that DATABASE_URL names; both databases are asked in turns, so that what else the machine does
 * slows down both.
 */
const few = 10_000
const many = Number(process.argv[2] ?? 1_000_000)
const times = 7
const tooLong = 1000

/** A portal with many comments or few, and the addresses of its pages by what they are. */
interface Scaled {
  portal: TestPortal
  browsers: { role: string; browser: StaffBrowser }[]
  pages: Map<string, { address: string; role: string | null }>
  close(): Promise<void>
}

const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const server = dialect === 'postgres' ? await startPostgres() : null
try {
  const small = await scaled(few)
  const large = await scaled(many)
  await compare(small, large)
  await small.close()
  await large.close()
} finally {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}

async function scaled(count: number): Promise<Scaled> {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const url = await emptyDatabase(`scale_${count}`)
  const facts = await loadFixture(fixtureVersions().at(-1) ?? '', url, dataDir)
  const clock = { now: new Date(facts.madeAt) }
  const config = readConfig({
    ...{ DATABASE_URL: url, DATA_DIR: dataDir, SECRET_KEY: facts.secretKey },
    ...{ LOG_LEVEL: 'silent', RATE_LIMITS: 'off' },
  })
  const began = performance.now()
  const filling = await openDatabase({ url })
  await grow(filling, count, clock.now)
  // SQLite looks at how its tables are filled when it is opened.
  await filling.close()
  await analyse(url)
  const db = await openDatabase({ url })
  const bytes = await bytesEach(url, await db.query.$count(comments))
  const took = ((performance.now() - began) / 1000).toFixed(0)
  process.stderr.write(
    `${count} comments stored in ${took} s, ${bytes} bytes each with all that follows them\n`,
  )
  const deps: Dependencies = {
    ...{ config, db, seals: createSeals(config.secretKey), texts: new TextThread(), now: () => clock.now },
  }
  const app = await buildApp(deps)
  const portal: TestPortal = { app, db, deps, clock, close: () => app.close() }
  const browsers = []
  for (const member of facts.staff)
    browsers.push({ role: member.role, browser: await signedIn(portal, member) })
  const close = async () => {
    await app.close()
    await deps.texts.close()
    await db.close()
  }
  return { portal, browsers, pages: await pagesOf(portal, browsers), close }
}

async function emptyDatabase(name: string): Promise<string> {
  if (!server) return `file:${join(folder, `${name}.db`)}`
  await tell(`${server.address}/postgres`, `CREATE DATABASE ${name}`)
  return `${server.address}/${name}`
}

/** As a server's own vacuum does. */
async function analyse(url: string): Promise<void> {
  if (server) await tell(url, 'VACUUM ANALYZE')
}

async function bytesEach(url: string, count: number): Promise<number> {
  if (server) {
    const [row] = await tell(url, 'SELECT pg_database_size(current_database()) AS bytes')
    return Math.round(Number(row?.bytes) / count)
  }
  const { statSync } = await import('node:fs')
  return Math.round(statSync(url.slice('file:'.length)).size / count)
}

async function tell(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows
}

async function signedIn(
  portal: TestPortal,
  member: { name: string; password: string; totpSecret: string },
): Promise<StaffBrowser> {
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  const { name, password } = member
  const code = codeOf({ id: '', ...member }, portal.clock.now)
  const { statusCode } = await browser.post('/staff/sign-in', { name, password, code })
  if (statusCode !== 303) throw new Error(`${name} could not sign in: ${statusCode}`)
  return browser
}

/** One address of each page, found by following the links of the site and, with each role, of the workspaces. */
async function pagesOf({ app }: TestPortal, browsers: Scaled['browsers']): Promise<Scaled['pages']> {
  const pages: Scaled['pages'] = new Map()
  const isChosen = choosing(1)
  const isFile = (address: string) =>
    /\.(csv|xlsx|xml|txt|docx|pdf|zip|json|jsonl)(\?|$)|\/files\//.test(address)
  const look =
    (role: string | null) =>
    (address: string, { statusCode, headers }: Answer) => {
      const type = String(headers['content-type'])
      if (statusCode !== 200 || !/^(text\/html|image\/svg|application\/atom)/.test(type)) return
      const { page, names } = pageOf(address)
      pages.set([page, ...names.sort()].join(' '), { address, role })
    }
  const isOf = (whose: (address: string) => boolean) => (address: string) =>
    whose(address) && !isFile(address)
  for (const { role, browser } of browsers) {
    const begun = role === 'admin' ? '/admin' : role === 'moderator' ? '/moderation' : '/office'
    await follow([begun], (url) => browser.get(url), { isOurs: isOf(isStaffs), isChosen, look: look(role) })
  }
  // Last, since the clock goes on with each of them, and sessions end.
  await follow(['/'], (url) => app.inject(url), { isOurs: isOf(isPublic), isChosen, look: look(null) })
  return pages
}

async function compare(small: Scaled, large: Scaled): Promise<void> {
  const rows = []
  for (const page of small.pages.keys()) {
    if (!large.pages.has(page)) {
      process.stderr.write(`only with ${few}: ${page}\n`)
      continue
    }
    const [ofFew, ofMany]: [number[], number[]] = [[], []]
    for (let time = -1; time < times; time++) {
      const [first, second] = [await timed(small, page), await timed(large, page)]
      // The first time warms up; what takes long is not asked as often.
      if (time < 0 && second < tooLong) continue
      ofFew.push(first)
      ofMany.push(second)
      if (second > tooLong && ofMany.length > 1) break
    }
    rows.push({ page, few: median(ofFew), many: median(ofMany) })
  }
  rows.sort((a, b) => b.many / b.few - a.many / a.few)
  process.stdout.write(`${dialect}, ${few} and ${many} comments, milliseconds\n`)
  for (const row of rows) {
    const figures = [row.few, row.many, row.many / row.few].map((figure) => figure.toFixed(1).padStart(9))
    process.stdout.write(`${figures.join('')}  ${row.page}\n`)
  }
}

function median(measured: number[]): number {
  return measured.toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
}

/** How long one answer takes. A page of the site is made anew: something has been published since. */
async function timed({ portal, browsers, pages }: Scaled, page: string): Promise<number> {
  const { address, role } = pages.get(page) ?? { address: '', role: null }
  const browser = browsers.find((one) => one.role === role)?.browser
  if (!browser) await publishSomething(portal)
  const began = performance.now()
  const { statusCode } = await (browser ? browser.get(address) : portal.app.inject(address))
  const took = performance.now() - began
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`)
  return took
}

async function publishSomething({ db, clock }: TestPortal): Promise<void> {
  clock.now = new Date(clock.now.getTime() + 11_000)
  const { id, revision } = consultations
  await db.atomically((tx) => [
    tx
      .update(consultations)
      .set({ revision: sql`${revision} + 1` })
      .where(eq(id, id)),
  ])
}
