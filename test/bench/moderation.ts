import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { findBulk, prepareBulk, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { claim } from '../../db/queries/moderation/claims.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { comments } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { bulkDeciding } from '../../server/jobs/bulks.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { skipReasons } from '../../server/rules/moderation/bulks.ts'
import { seedIfEmpty } from '../../server/seed.ts'
import { doSome } from '../jobs/doing.ts'
import { fillCampaigns, measureCampaigns } from './campaigns.ts'
import { fillHostile, followAll } from './hostile.ts'
import { fillQueue, timeQueue } from './queue.ts'
import { type Kinds, madeUp } from './synthetic.ts'
import { each, print, timed } from './timed.ts'

/*
 * What moderating many comments costs, on a database of its own: grouping and one bulk, with `passages` grouping copies whose
 * senders added as many words of their own as the letter has and twice as many, with `queue` the queue's pages, or
 * with `hostile` what is done in the background with comments that are made to take long.
 * Figures of one run are worth comparing with one another.
 */
const isQueue = process.argv[2] === 'queue'
const isOwn = process.argv[2] === 'passages'
const count = Number(process.argv[isQueue || isOwn ? 3 : 2] ?? (isQueue ? 1_000_000 : 100_000))
const share = 0.05
const inBulk = 10_000
const folder = mkdtempSync(join(tmpdir(), 'portal-bench-'))
const url = process.env.DATABASE_URL || `file:${join(folder, 'portal.db')}`
const config = readConfig({ DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' })
const db = await openDatabase({ url })
const seals = createSeals(Buffer.alloc(32, 7))
const deps: Dependencies = { config, db, seals, texts: new TextThread(), now: () => new Date() }

try {
  await seedIfEmpty(deps)
  if (isQueue) await measureQueue(deps)
  else if (process.argv[2] === 'hostile') await measureHostile(deps)
  else if (isOwn) await measureGrouping(deps, 'with own words')
  else {
    await measureGrouping(deps, 'alike')
    await measureBulk(deps)
  }
} finally {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
}

async function measureQueue(deps: Dependencies): Promise<void> {
  const reader = await fillQueue(deps, count)
  // Later, when all of them are late in review too.
  const later = new Date(Date.now() + 60 * 60 * 60 * 1000)
  const { loop } = await timed(async () => {
    for (const { address, milliseconds } of await timeQueue({ ...deps, now: () => later }, reader)) {
      print(`${address}, ${count} waiting`, [`${milliseconds.toFixed(0)} ms`])
    }
  })
  print('… and meanwhile', [loop])
}

async function measureHostile(deps: Dependencies): Promise<void> {
  const comments = await fillHostile(deps)
  const { elapsed, cpu, loop } = await timed(() => followAll(deps))
  print(`${comments} hostile comments followed`, [each(elapsed, cpu, comments), loop])
}

async function measureGrouping(deps: Dependencies, kinds: Kinds): Promise<void> {
  await measureCampaigns(deps, await fillCampaigns(deps, [...madeUp(count, share, { kinds })]))
}

async function measureBulk({ db, ...rest }: Dependencies): Promise<void> {
  const deps = { db, ...rest }
  const [moderator, other] = [await member(deps, '审核员'), await member(deps, '别人')]
  const rows = await db.query
    .select({ id: comments.id })
    .from(comments)
    .orderBy(asc(comments.id))
    .limit(inBulk)
  const ids = rows.map(({ id }) => id)
  if (ids[5000]) await claim(db, ids[5000], { staffId: other, now: new Date() })
  const ruling = {
    admission: 'admitted',
    publication: 'published',
    reason: null,
    note: null,
    transferred: false,
  } as const
  const bulk = await prepareBulk(db, ruling, ids, { staffId: moderator, now: new Date() })
  await start(db, bulk, moderator)
  const before = process.memoryUsage().rss
  let peak = before
  const { elapsed, cpu, loop } = await timed(async () => {
    while ((await doSome(deps, bulkDeciding)) > 0) peak = Math.max(peak, process.memoryUsage().rss)
  })
  const done = await findBulk(db, bulk, moderator)
  const skips = Object.entries(skipReasons).flatMap(([why, name]) => {
    const skipped = done?.skipped.filter((one) => one.why === why).length ?? 0
    return skipped > 0 ? [`${name} ${skipped}`] : []
  })
  print(`a bulk of ${ids.length}: ${done?.state}, decided ${done?.decided}`, [
    skips.join(', '),
    each(elapsed, cpu, ids.length),
    loop,
    `+${((peak - before) / 1024 ** 2).toFixed(0)} MB`,
  ])
  const published = await db.query.$count(comments, inArray(comments.state, ['published']))
  const wrong = await wrongCounts(db)
  print('… and afterwards', [`published ${published}`, `wrong counters ${wrong.length}`])
}

async function start(db: Database, id: string, staffId: string): Promise<void> {
  const bulk = await findBulk(db, id, staffId)
  if (bulk) await turnBulk(db, bulk, 'prepared', 'running', new Date())
}

function member({ db, seals }: Dependencies, name: string): Promise<string> {
  const grants = [{ role: 'moderator' as const, consultationId: '*' }]
  return addStaff(
    db,
    seals,
    { name, passwordHash: '', totpSecret: '', grants },
    { staffId: null, now: new Date() },
  )
}
