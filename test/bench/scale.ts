import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { dialect } from '../../db/columns.ts'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { comments } from '../../db/schema/index.ts'
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
import { withoutIndexes } from './bulk-filling.ts'
import { countGrown, growRows } from './grown.ts'
import { compared, type Scaled } from './page-times.ts'

/*
 * What every page takes with many comments, beside what it takes with few: the medians, and the one divided by the
 * other. Of the engine that DATABASE_URL names; both databases are asked in turns, so that what else the machine does
 * slows down both.
 */
const few = Number(process.argv[3] ?? 10_000)
const many = Number(process.argv[2] ?? 1_000_000)

const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const server = dialect === 'postgres' ? await startPostgres() : null
try {
  const small = await scaled(few)
  const large = await scaled(many)
  process.stdout.write(`${dialect}, ${few} and ${many} comments, milliseconds\n`)
  for (const line of await compared(small, large)) process.stdout.write(`${line}\n`)
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
  // The first opening brings what was loaded up to date.
  await inDatabase(url, async () => {})
  await withoutIndexes(url, () => inDatabase(url, (db) => growRows(db, count, clock.now)))
  await inDatabase(url, (db) => countGrown(db, clock.now))
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

/** SQLite looks at how its tables are filled when it is opened. */
async function inDatabase(url: string, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase({ url })
  await work(db)
  await db.close()
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
    /\.(csv|xlsx|xml|txt|docx|pdf|zip|json|jsonl|jsonld)(\?|$)|\/files\//.test(address)
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
