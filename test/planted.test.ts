import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { eq, or } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dialect } from '../db/columns.ts'
import { archive, promiseDay, retentionOf } from '../db/queries/consultations/retentions.ts'
import { erasuresDue } from '../db/queries/erasures.ts'
import { attachments, comments, consultations, originals, submissions } from '../db/schema/index.ts'
import { sqliteFile } from '../db/url.ts'
import { clausePlaces } from '../server/documents/papers/clause-places.ts'
import { PaperUnavailable } from '../server/documents/papers/paper-request.ts'
import { findPaper, papers } from '../server/documents/papers/papers.ts'
import { followOnce } from '../server/jobs/following.ts'
import { kindsOfWork } from '../server/jobs/kinds.ts'
import { everything } from '../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from './build.ts'
import { portalCommand } from './cli/portal-command.ts'
import { allText } from './documents/papers/read-back.ts'
import { tablesWith } from './every-row.ts'
import { strict } from './jobs/doing.ts'
import type { StoredComment } from './moderation/comments.ts'
import { type Person, people, plantedIn, plantedInSegments } from './planted.ts'
import {
  type Ground,
  plantKept,
  plantMarked,
  plantOfficeTexts,
  plantRetracted,
  plantWithdrawn,
  publish,
  reachedAt,
  takeDown,
  theConsultation,
} from './planting.ts'
import { sendForm } from './public/forms.ts'
import { aMember, signIn } from './staff.ts'
import { filesUnder, indexedWords, type Stored, storedBytes } from './stored-bytes.ts'

/** As many as show every way of writing; `npm run test:planted` has 500, which also fill pages and lists. */
const count = Number(process.env.PLANTED_PEOPLE ?? 40)
/**
 * Names and numbers in whatever somebody can write or send. Those of comments that are published are marked by a
 * moderator; a third of all is then withdrawn; what is left goes when the consultation's term is over. Some more are
 * published by mistake and taken down.
 */
const all = people(count + Math.ceil(count / 25))
const retracted = all.slice(count)
const shareOf = (from: number, to: number) =>
  all.slice(0, count).filter((_, i) => i % 10 >= from && i % 10 < to)
const [marked, withdrawn, kept] = [shareOf(0, 2), shareOf(2, 7), shareOf(7, 10)]
const valuesOf = (some: readonly Person[]) => some.flatMap(({ name, phone }) => [name, phone]).sort()

let portal: TestPortal
let ground: Ground
let toWithdraw: StoredComment[]
let slipped: StoredComment[]
const written: string[] = []
const office = '/office/shanxi-laoqu'
const folder = mkdtempSync(join(tmpdir(), 'planted-'))

beforeAll(async () => {
  // What the application logs goes to the standard output, once somebody has changed that.
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  portal = await buildTestApp({ config: { logLevel: 'trace' } })
  ground = { portal, moderatorId: (await aMember(portal, 'moderator')).id }
  await plant(marked, plantMarked)
  toWithdraw = (await plant(withdrawn, plantWithdrawn)).flat()
  await plant(kept, plantKept)
  slipped = await plant(retracted, plantRetracted)
  await plantOfficeTexts(
    ground,
    retracted.flatMap((person, i) => (slipped[i] ? [[person, slipped[i]]] : [])),
  )
}, 300_000)
afterAll(async () => {
  vi.restoreAllMocks()
  // Reading the bytes of a file lets go of every lock that the process has on it: nobody may have this database next.
  await portal.db.close()
  await portal.close()
  rmSync(folder, { recursive: true, force: true })
})

/** So many at a time, with the background work between them that a portal does all the time. */
async function plant<Planted>(
  some: readonly Person[],
  one: (ground: Ground, person: Person, i: number) => Promise<Planted>,
): Promise<Planted[]> {
  const planted: Planted[] = []
  for (const [i, person] of some.entries()) {
    planted.push(await one(ground, person, i))
    if (i % 50 === 49 || i === some.length - 1) await follow('erasures')
  }
  return planted
}

/** Background work, all of it or without what overwrites. */
async function follow(without = ''): Promise<void> {
  do {
    const kinds = kindsOfWork().filter(({ name }) => name !== without)
    while (await followOnce(portal.deps, strict, kinds)) {}
    // The engine itself may hold a table just now, which puts the overwriting off for a minute.
  } while (without !== 'erasures' && (await erasuresDue(portal.db)) > 0)
}

async function leftIn(files: Stored[]): Promise<string[]> {
  return files.flatMap(({ name, bytes }) => {
    const isDatabase = name.startsWith('portal.db')
    const found = new Set([...plantedIn(bytes, all), ...(isDatabase ? plantedInSegments(bytes, all) : [])])
    return [...found].map((value) => `${name}: ${value}`)
  })
}

/** Every word of both search indexes of a SQLite file. */
function wordsInIndexes(): Buffer {
  const file = sqliteFile(portal.deps.config.databaseUrl) ?? ''
  const words = [...indexedWords(file, 'public_search'), ...indexedWords(file, 'staff_search')]
  return Buffer.from(words.join('\n'))
}

const ofRetracted = (left: string[]) => {
  const values = valuesOf(retracted)
  return left.filter((one) => values.some((value) => one.endsWith(`: ${value}`)))
}
const valuesIn = (left: string[]) => [...new Set(left.map((one) => one.split(': ')[1] ?? ''))].sort()

/** What everybody can read, as pages and files. */
async function everythingPublic(): Promise<Stored[]> {
  const base = '/consultations/shanxi-laoqu'
  const clauses = Array.from({ length: 20 }, (_, i) => `${base}/clauses/p${i + 1}`)
  const files = ['comments', 'comments.csv', 'comments.json', 'comments.jsonld', 'feed.atom', 'annotated']
  const sought = [...marked.slice(0, 20), ...retracted]
  const found = sought.map(({ name }) => `${base}/comments?q=${encodeURIComponent(name)}`)
  const paths = [base, `${base}/notice`, ...clauses, ...files.map((file) => `${base}/${file}`), ...found]
  return Promise.all(
    paths.map(async (name) => {
      const { rawPayload, body } = await portal.app.inject(name)
      // What was looked for stands in the field in which one searches.
      const isSearch = name.includes('?q=')
      return { name, bytes: isSearch ? Buffer.from(body.replace(/value="[^"]*"|q=[^"&]*/g, '')) : rawPayload }
    }),
  )
}

/** What everybody can read of those who were taken down. */
async function retractedInPublic(): Promise<string[]> {
  const files = await everythingPublic()
  return [...new Set(files.flatMap(({ bytes }) => plantedIn(bytes, retracted)))].sort()
}

/** Every paper in every format and scope, opened. */
async function everyPaper(): Promise<Stored[]> {
  const { db, deps } = portal
  const consultation = await theConsultation(ground)
  const places = await clausePlaces(db, consultation.id)
  const made: Stored[] = []
  for (const { kind, scopes, formats } of papers) {
    for (const scope of scopes) {
      for (const format of Object.keys(formats)) {
        const making = findPaper(kind, format, scope)?.make({
          db,
          seals: deps.seals,
          consultation,
          places,
          scope,
          header: 'en',
          now: deps.now(),
          origin: '',
          filters: everything,
          dataDir: deps.config.dataDir,
          read: () => {},
          marked: () => {},
        })
        const file = await making?.catch(unlessUnavailable)
        const name = `${kind}.${scope}.${format}`
        if (file) made.push({ name, bytes: Buffer.from(await allText(name, await buffer(file))) })
      }
    }
  }
  return made
}

/** The outcome of this consultation is not out: what shows it cannot be made. */
function unlessUnavailable(error: unknown): null {
  if (error instanceof PaperUnavailable) return null
  throw error
}

async function backup(name: string): Promise<Stored[]> {
  const { databaseUrl, dataDir } = portal.deps.config
  const done = await portalCommand(['backup', join(folder, name)], {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
  })
  expect(done.code).toBe(0)
  return filesUnder(join(folder, name))
}

/** Whether the office finds a comment of the first of each by their name. */
async function foundByStaff(): Promise<boolean[]> {
  const drafter = await signIn(portal, 'drafter')
  const firsts = [marked, withdrawn, kept].map(([first]) => encodeURIComponent(first?.name ?? ''))
  const pages = await Promise.all(firsts.map((name) => drafter.get(`${office}/comments?words=${name}`)))
  return pages.map(({ body }) => body.includes('class="read-comment"'))
}

// One follows from the other, in whatever order files are run.
describe('what people write', { shuffle: false }, () => {
  test('names and numbers stand where they were written, before anything is erased', async () => {
    // What is hidden or was thought better of is not found already.
    expect(await foundByStaff()).toEqual([false, true, false])
    expect(valuesIn(await leftIn(await storedBytes(portal.deps.config)))).toEqual(valuesOf(all))
  })

  test('what a moderator hides is on no public page and in no public file', async () => {
    const found = (await everythingPublic()).flatMap(({ bytes }) => plantedIn(bytes, marked))
    expect(found).toEqual([])
  })

  test('what is taken down by 立即隐去 is on no public page and in no public file from then on', async () => {
    expect(await retractedInPublic()).toEqual(valuesOf(retracted))
    for (const person of retracted)
      expect(await takeDown(ground, reachedAt(person))).toEqual({ comments: 1, texts: 3 })
    expect(await retractedInPublic()).toEqual([])
  })

  test('and nowhere else, once it is published again without: database, log, backup, papers, search', async () => {
    const { config } = portal.deps
    for (const { publicId } of slipped) await publish(ground, publicId, true)
    expect(await portal.db.query.$count(comments, eq(comments.state, 'published'))).toBeGreaterThan(count / 5)
    await follow('erasures')
    expect(ofRetracted(await leftIn(await storedBytes(config)))).not.toEqual([])
    await follow()
    expect(ofRetracted(await leftIn(await storedBytes(config)))).toEqual([])
    expect(await retractedInPublic()).toEqual([])
    expect(ofRetracted(await leftIn(await everyPaper()))).toEqual([])
    expect(plantedIn(Buffer.from(written.join('')), retracted)).toEqual([])
    expect(ofRetracted(await leftIn(await backup('taken-down')))).toEqual([])
    if (dialect === 'postgres') return
    expect(plantedIn(wordsInIndexes(), retracted)).toEqual([])
  })

  test('what is withdrawn is in no row at once', async () => {
    for (const { id, code } of toWithdraw) {
      const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
      const fields = { code, comment: row?.publicId ?? '', confirmed: '1' }
      expect((await sendForm(portal.app, '/receipts/withdrawal', fields)).statusCode).toBe(200)
    }
    const names = new RegExp(withdrawn.flatMap(({ name, phone }) => [name, phone]).join('|'))
    expect(await tablesWith(portal.db, names)).toEqual([])
    const left = filesUnder(portal.deps.config.dataDir).flatMap(({ bytes }) => plantedIn(bytes, withdrawn))
    expect(left).toEqual([])
  })

  test('the engine’s files hold it until upkeep has overwritten it, and then no more', async () => {
    await follow('erasures')
    const before = valuesIn(await leftIn(await storedBytes(portal.deps.config)))
    expect(before.filter((value) => valuesOf(withdrawn).includes(value)).length).toBeGreaterThan(0)
    await follow()
    const after = valuesIn(await leftIn(await storedBytes(portal.deps.config)))
    expect(after.filter((value) => valuesOf(withdrawn).includes(value))).toEqual([])
  })

  test('when the term is over nothing of anybody is left: database, log, backup, files, papers, search', async () => {
    const { db, deps, clock } = portal
    const { config } = deps
    const [row] = await db.query.update(consultations).set({ outcomeAt: clock.now }).returning()
    await db.atomically((tx) => [promiseDay(tx, row?.id ?? '', '2026-12-24')])
    const retention = await retentionOf(db, 'shanxi-laoqu')
    if (!retention) return expect.unreachable('no term was promised')
    await archive(db, retention, '2026-12-24', { staffId: ground.moderatorId, now: clock.now })
    clock.now = new Date('2026-12-24T02:00:00Z')
    await follow()

    expect(await leftIn(await storedBytes(config))).toEqual([])
    const { name, organisation, contact } = submissions
    const isNamed = or(...[name, organisation, contact].map((column) => eq(column, column)))
    expect(await db.query.$count(submissions, isNamed)).toBe(0)
    expect([await db.query.$count(originals), await db.query.$count(attachments)]).toEqual([0, 0])
    expect(await leftIn(await everyPaper())).toEqual([])
    expect((await everythingPublic()).flatMap(({ bytes }) => plantedIn(bytes, all))).toEqual([])
    expect(written.length).toBeGreaterThan(100)
    expect(plantedIn(Buffer.from(written.join('')), all)).toEqual([])
    expect(await foundByStaff()).toEqual([false, false, false])
    expect(await leftIn(await backup('after'))).toEqual([])
    if (dialect === 'postgres') return
    expect(plantedIn(wordsInIndexes(), all)).toEqual([])
    const verified = await portalCommand(['verify'], {
      DATABASE_URL: config.databaseUrl,
      DATA_DIR: config.dataDir,
    })
    expect(verified).toEqual({ code: 0, out: '核对无误\n', said: '' })
  }, 300_000)
})
