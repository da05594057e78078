import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { openDatabase } from '../../db/open.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { findBulk, prepareBulk, turnBulk } from '../../db/queries/moderation/bulks.ts'
import { claim } from '../../db/queries/moderation/claims.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { campaignMembers, campaigns, comments } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { readConfig } from '../../server/config.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { bulkDeciding } from '../../server/jobs/bulks.ts'
import { grouping } from '../../server/jobs/campaigns.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { skipReasons } from '../../server/rules/moderation/bulks.ts'
import { seedIfEmpty, seedSlug } from '../../server/seed.ts'
import { doSome } from '../jobs/doing.ts'
import { fillHostile, followAll } from './hostile.ts'
import { fillQueue, timeQueue } from './queue.ts'
import { madeUp } from './synthetic.ts'

/*
 * What moderating many comments costs, on a database of its own: grouping and one bulk, with `queue` the queue's pages, or
 * with `hostile` what is done in the background with comments that are made to take long.
 * Figures of one run are worth comparing with one another.
 */
const isQueue = process.argv[2] === 'queue'
const count = Number(process.argv[isQueue ? 3 : 2] ?? (isQueue ? 1_000_000 : 100_000))
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
  else await measureGrouping(deps)
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

async function measureGrouping(deps: Dependencies): Promise<void> {
  const campaignOf = await fill(deps)
  await measureCampaigns(deps, campaignOf)
  await measureBulk(deps)
}

/** @returns of which campaign each comment is, by its id */
async function fill({ db, seals }: Dependencies): Promise<Map<string, number | null>> {
  const consultation = await findConsultation(db, seedSlug)
  if (!consultation) throw new Error('the seed is not loaded')
  const nobody = { name: null, showName: false, organisation: null, region: null, contact: null }
  const person = { ...nobody, attachments: [] }
  const made = [...madeUp(count, share)]
  for (let done = 0; done < made.length; done += 1000) {
    await Promise.all(
      Array.from({ length: 20 }, (_, part) => made.slice(done + part * 50, done + (part + 1) * 50))
        .filter((batch) => batch.length > 0)
        .map((batch, part) =>
          submit(
            db,
            seals,
            {
              ...person,
              consultationId: consultation.id,
              round: 1,
              channel: 'web',
              identity: 'individual',
              visibility: 'public',
              comments: batch.map(({ body }, i) => ({
                clause: `p${(i % 23) + 1}`,
                stance: 'amend',
                // Some leave their telephone number, which a bulk has to leave to a person.
                body: i % 25 === 24 ? `${body}请打13812345678。` : body,
                proposal: null,
                wording: null,
                quote: null,
              })),
            },
            `bench-${done}-${part}`,
            new Date(),
          ),
        ),
    )
  }
  const campaignsByBody = new Map(made.map(({ body, campaign }) => [body, campaign]))
  const rows = await db.query.select({ id: comments.id, body: comments.body }).from(comments)
  return new Map(
    rows.map(({ id, body }) => [id, campaignsByBody.get(body.replace('请打13812345678。', '')) ?? null]),
  )
}

async function measureCampaigns(deps: Dependencies, campaignOf: Map<string, number | null>): Promise<void> {
  const { elapsed, cpu, loop } = await timed(async () => {
    while ((await doSome(deps, grouping)) > 0);
  })
  const groups = await deps.db.query
    .select({ id: campaignMembers.commentId, representative: campaigns.representativeId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
  const right = groups.filter(({ id, representative }) => {
    const [mine, theirs] = [campaignOf.get(id), campaignOf.get(representative)]
    return mine !== null && mine === theirs
  })
  const ofCampaigns = [...campaignOf.values()].filter((campaign) => campaign !== null)
  const alone = new Set(
    ofCampaigns.filter((campaign, _, all) => all.indexOf(campaign) === all.lastIndexOf(campaign)),
  )
  const copies = ofCampaigns.length - alone.size
  print(`campaigns among ${count} comments`, [
    `recall ${percent(right.length, copies)}`,
    `precision ${percent(right.length, groups.length)}`,
    each(elapsed, cpu, count),
    loop,
  ])
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

/** How long work takes, and how long it keeps the event loop from others. */
async function timed(work: () => Promise<void>): Promise<{ elapsed: number; cpu: number; loop: string }> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const before = process.cpuUsage()
  await work()
  const elapsed = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  delay.disable()
  const milliseconds = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(0)
  const loop = `loop p99 ${milliseconds(delay.percentile(99))} ms, max ${milliseconds(delay.max)} ms`
  return { elapsed, cpu: (user + system) / 1000, loop }
}

/** Beside other work the time says more of that; what the processor did, all threads together, says what it costs. */
function each(elapsed: number, cpu: number, all: number): string {
  const microseconds = (milliseconds: number) => `${((milliseconds * 1000) / all).toFixed(0)} µs`
  return `${microseconds(elapsed)} each, ${microseconds(cpu)} of processor`
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(2)} %`
}

function print(what: string, figures: string[]): void {
  process.stdout.write(`${what.padEnd(72)}${figures.join('   ')}\n`)
}
