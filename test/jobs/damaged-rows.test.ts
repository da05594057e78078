import { existsSync, mkdirSync, rmdirSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { verifyLog } from '../../db/queries/log/log-seals.ts'
import {
  bulks,
  campaignMembers,
  campaigns,
  clauseWords,
  comments,
  examinations,
  faults,
  intakeListEntries,
  intakeLists,
  log,
  logSeals,
  submissions,
} from '../../db/schema/index.ts'
import { lastRemembered } from '../../db/search.ts'
import { readHead } from '../../server/jobs/chain-head.ts'
import { clauseWordCounting } from '../../server/jobs/clause-words.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { kindsOfWork } from '../../server/jobs/kinds.ts'
import { staffIndexing } from '../../server/jobs/staff-search.ts'
import { doRows } from '../../server/jobs/work.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { aMember, type TestMember } from '../staff.ts'
import { anOrphan, aRunningBulk, aRunningList } from './waiting-work.ts'

let portal: TestPortal
let moderator: TestMember
const quiet = { info: () => {}, error: () => {} }
/** What no reader of its column expects, and both engines keep. */
const damaged = sql`'{}'`

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await aMember(portal, 'moderator')
})
afterEach(() => portal.close())

const anEntry = {
  at: new Date('2026-11-23T02:00:00Z'),
  staffId: null,
  act: 'paper.make',
  subject: 'x',
  detail: {},
} as const

/** Until nothing is left, and once more: what is marked is passed over. */
async function follow(): Promise<void> {
  while (await followOnce(portal.deps, quiet));
  await followOnce(portal.deps, quiet)
}

/** What is marked, as `work subject error`; each has failed once, as often as it was tried. */
async function marked(): Promise<string[]> {
  const rows = await portal.db.query.select().from(faults).orderBy(faults.work, faults.subject)
  expect(rows.filter(({ failures }) => failures !== 1)).toEqual([])
  return rows.map(({ work, subject, cause, error }) =>
    [work, subject, ...(cause ? [cause] : []), error].join(' '),
  )
}

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  return row?.state
}

test('a bulk that cannot be read stops no other bulk, no list and no sweep', async () => {
  const [first, second] = [await aComment(portal), await aComment(portal)]
  const bad = await aRunningBulk(portal, moderator, [first.id])
  await aRunningBulk(portal, moderator, [second.id])
  await portal.db.query.update(bulks).set({ comments: damaged }).where(eq(bulks.id, bad))
  await aRunningList(portal, moderator, 3)
  const orphan = anOrphan(portal, 'orphan')
  await follow()
  expect(await stateOf(first.id)).toBe('pending')
  expect(await stateOf(second.id)).toBe('published')
  expect(await portal.db.query.$count(submissions)).toBe(5)
  expect(existsSync(orphan)).toBe(false)
  expect(await marked()).toEqual([`bulks ${bad} TypeError`])
})

test('a comment whose examination is damaged stops neither the rest of its bulk nor another', async () => {
  const ids: string[] = []
  for (let i = 0; i < 60; i++) ids.push((await aComment(portal)).id)
  await follow()
  await portal.db.query
    .update(examinations)
    .set({ spans: damaged })
    .where(eq(examinations.commentId, ids[3] ?? ''))
  const bulk = await aRunningBulk(portal, moderator, ids.slice(0, 59))
  await aRunningBulk(portal, moderator, ids.slice(59))
  await follow()
  const states = await Promise.all(ids.map(stateOf))
  expect(states.filter((state) => state === 'published')).toHaveLength(59)
  expect(states[3]).toBe('pending')
  const [row] = await portal.db.query.select().from(bulks).where(eq(bulks.id, bulk))
  expect(row).toMatchObject({ state: 'running', position: 58, decided: 58, skipped: [] })
  expect(await marked()).toEqual([`bulks ${bulk} ${ids[3]} TypeError`])
})

test('a letter whose seal is broken stops neither the others of its list nor the next list', async () => {
  const first = await aRunningList(portal, moderator, 60)
  const second = await aRunningList(portal, moderator, 2)
  const place = eq(intakeListEntries.position, 0)
  const [whole] = await portal.db.query
    .select()
    .from(intakeListEntries)
    .where(and(eq(intakeListEntries.listId, first), place))
  await portal.db.query.update(intakeListEntries).set({ sealed: 'broken' }).where(place)
  const third = await aRunningList(portal, moderator, 1)
  await follow()
  expect(await portal.db.query.$count(submissions)).toBe(61)
  expect(await stateOfLists()).toEqual({ [first]: 'running', [second]: 'running', [third]: 'done' })
  expect(await marked()).toEqual([
    `intake_letters ${first}:0 BrokenSeal`,
    `intake_letters ${second}:0 BrokenSeal`,
  ])

  await portal.db.query
    .update(intakeListEntries)
    .set({ sealed: whole?.sealed ?? '' })
    .where(and(eq(intakeListEntries.listId, first), place))
  await follow()
  expect(await portal.db.query.$count(submissions)).toBe(61)
  portal.clock.now = new Date(portal.clock.now.getTime() + 11_000)
  await follow()
  expect(await portal.db.query.$count(submissions)).toBe(62)
  expect(await stateOfLists()).toMatchObject({ [first]: 'done', [second]: 'running' })
  expect(await portal.db.query.select().from(faults)).toMatchObject([{ subject: `${second}:0`, failures: 2 }])
})

async function stateOfLists(): Promise<Record<string, string>> {
  const rows = await portal.db.query.select().from(intakeLists)
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]))
}

test('a comment that cannot join a campaign stops no other', async () => {
  const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
  const ids: string[] = []
  for (let i = 0; i < 4; i++) ids.push((await aComment(portal, { body: letter })).id)
  const [first = '', , third = ''] = ids
  const { consultationId } = (await portal.db.query.select().from(comments))[0] ?? { consultationId: '' }
  const stray = {
    id: 'stray',
    consultationId,
    representativeId: first,
    count: 0,
    createdAt: portal.clock.now,
  }
  await portal.db.query.insert(campaigns).values(stray)
  const member = { campaignId: 'stray', commentId: third, similarity: 1000, identical: true, takenOut: true }
  await portal.db.query.insert(campaignMembers).values(member)
  await follow()
  const uncompared = await portal.db.query.select().from(comments).where(sql`compared_at is null`)
  expect(uncompared.map(({ id }) => id)).toEqual([third])
  expect(await marked()).toEqual([
    expect.stringMatching(`^campaigns ${third} DatabaseError (23505|SQLITE_CONSTRAINT)`),
  ])
})

test('a file that cannot be removed stops neither the sweep of others nor what follows it', async () => {
  const orphan = anOrphan(portal, 'b')
  mkdirSync(join(dirname(orphan), 'a'))
  const old = new Date(portal.clock.now.getTime() - 2 * 60 * 60_000)
  utimesSync(join(dirname(orphan), 'a'), old, old)
  await follow()
  expect(existsSync(orphan)).toBe(false)
  expect(await marked()).toEqual(['attachments a SystemError ERR_FS_EISDIR'])
})

test('where the end of the chain cannot be written the log is sealed all the same, and it is written once it can', async () => {
  const { dataDir } = portal.deps.config
  const inTheWay = join(dataDir, 'log-head.json.new')
  mkdirSync(inTheWay)
  const comment = await aComment(portal)
  const kinds = kindsOfWork()
  const step = () => followOnce(portal.deps, quiet, kinds)
  await portal.db.query.insert(log).values(anEntry)
  await step()
  expect(await portal.db.query.$count(logSeals)).toBe(1)
  expect(await portal.db.query.$count(examinations, eq(examinations.commentId, comment.id))).toBe(1)
  expect(await marked()).toEqual(['log_head log-head.json Error EISDIR'])
  rmdirSync(inTheWay)
  await step()
  expect(readHead(dataDir, 'log')).toBeNull()
  portal.clock.now = new Date(portal.clock.now.getTime() + 11_000)
  await step()
  expect(await verifyLog(portal.db, portal.deps.seals, readHead(dataDir, 'log'))).toEqual([])
  expect(readHead(dataDir, 'log')).not.toBeNull()
  expect(await marked()).toEqual([])
})

test.runIf(dialect === 'postgres')('a comment that is too long for the index stops no other', async () => {
  let random = 1
  const characters = Array.from({ length: 200_000 }, () => {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCodePoint(0x4e00 + ((random >>> 12) % 20_000))
  })
  await aComment(portal, { body: characters.join('') })
  await aComment(portal)
  const [long, other] = await portal.db.query.select().from(comments).orderBy(comments.number)
  await doRows(portal.deps, staffIndexing, quiet)
  expect(await doRows(portal.deps, staffIndexing, quiet)).toBe(0)
  expect(await marked()).toEqual([`staff_search ${long?.number} DatabaseError 54000`])
  expect(await lastRemembered(portal.db, 'staff')).toBe(other?.number)
})

/** PostgreSQL keeps no text that is none, and no JSON that is none. */
const onSqlite = test.runIf(dialect === 'sqlite')

onSqlite('an entry of the log that cannot be read stops neither its sealing nor anything else', async () => {
  const { query } = portal.db
  await query.insert(log).values(anEntry)
  await query.insert(log).values({ ...anEntry, detail: sql`'{'` })
  await query.insert(log).values(anEntry)
  const comment = await aComment(portal)
  await follow()
  const numbers = (await query.select({ number: log.number }).from(log).orderBy(log.number)).map(
    ({ number }) => number,
  )
  const bad = numbers.at(-2)
  const sealed = (await query.select().from(logSeals)).flatMap(({ entries }) => entries)
  expect(sealed.sort((a, b) => a - b)).toEqual(numbers.filter((number) => number !== bad))
  expect(await query.$count(examinations, eq(examinations.commentId, comment.id))).toBe(1)
  expect(await marked()).toEqual([`log_seals ${bad} DamagedJson`])
  const head = readHead(portal.deps.config.dataDir, 'log')
  expect(await verifyLog(portal.db, portal.deps.seals, head)).toEqual([
    { entry: null, problem: 'inserted', since: null },
  ])
})

onSqlite(
  'a comment whose text is none stops neither the examination of others nor what is done with them',
  async () => {
    const [bad, good] = [await aComment(portal), await aComment(portal, { body: '另一条意见' })]
    const { query } = portal.db
    await query.update(comments).set({ body: sql`x'00ff'` }).where(eq(comments.id, bad.id))
    await follow()
    const examined = await query.select({ id: examinations.commentId }).from(examinations)
    expect(examined).toEqual([{ id: good.id }])
    const compared = await query
      .select({ id: comments.id })
      .from(comments)
      .where(sql`compared_at is not null`)
    expect(compared).toEqual([{ id: good.id }])
    expect(await marked()).toEqual([`campaigns ${bad.id} TypeError`, `examinations ${bad.id} TypeError`])
  },
)

onSqlite('a clause with a comment whose text is none stops the counting of no other', async () => {
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) return expect.unreachable('the seed is not there')
  await say(portal.db, consultation, [
    { ...amendment, body: '道路太窄' },
    { ...amendment, clause: 'p8', body: '拓宽道路' },
  ])
  await portal.db.query.update(comments).set({ body: sql`x'00ff'` }).where(eq(comments.clause, 'p7'))
  for (let i = 0; i < 3; i++) await doRows(portal.deps, clauseWordCounting, quiet)
  const counted = await portal.db.query.select({ clause: clauseWords.clause }).from(clauseWords)
  expect(counted).toEqual([{ clause: 'p8' }])
  expect(await marked()).toEqual([`clause_words ${consultation.id}:p7 TypeError`])
})
