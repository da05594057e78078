import { and, eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reviseComment } from '../../db/queries/receipts/receipt-acts.ts'
import { wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { comments, decisions, dueDecisions, log } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { strict } from '../jobs/doing.ts'
import { aComment } from '../moderation/comments.ts'
import { signIn } from '../staff.ts'
import { type BrowsedPortal, browsePortal, pageOf } from './browser.ts'

/** For so many minutes they work: `npm run test:moderators` has them do it for an hour. */
const minutes = Number(process.env.MODERATING ?? 0.25)
const grace = 2
const moderators = 3

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal({ grace })
  const [base, began] = [portal.clock.now.getTime(), Date.now()]
  Object.defineProperty(portal.clock, 'now', { get: () => new Date(base + Date.now() - began) })
})
afterAll(() => portal.close())

/** What a moderator was told that it is done, and what of each comment stood on their screen. */
interface Worked {
  staffId: string
  acts: { kind: 'decided' | 'revoked'; publicId: string; at: number }[]
  read: Map<string, number>
}

/** Tells by itself, apart from what the page keeps, once both ends of a text have been on the screen. */
const watching = `{
  const ends = new Map()
  const told = new Set()
  setInterval(() => {
    const hand = document.querySelector('[data-in-hand]')?.dataset.inHand
    const text = document.getElementById('judged-body')
    if (!hand || !text || document.visibilityState !== 'visible') return
    const { left, top, bottom } = text.getBoundingClientRect()
    const isShown = (y) => y >= 0 && y < innerHeight && text.contains(document.elementFromPoint(left + 5, y))
    const seen = ends.get(hand) ?? { top: false, bottom: false }
    seen.top ||= isShown(top + 4)
    seen.bottom ||= isShown(bottom - 4)
    ends.set(hand, seen)
    if (seen.top && seen.bottom && !told.has(hand)) noteRead(hand)
    if (seen.top && seen.bottom) told.add(hand)
  }, 20)
}`

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const chance = (share: number) => Math.random() < share

test('three moderators with fast hands: no decision lost, none unread, none double', {
  timeout: (minutes + 3) * 60_000,
}, async () => {
  const end = Date.now() + minutes * 60_000
  const isOver = () => Date.now() >= end
  const revised = new Map<string, number>()
  const follower = following(() => Date.now() < end + 170_000)
  const said = new Map<string, string>()
  const citizens = sending(isOver, revised, said)
  const worked = await Promise.all(Array.from({ length: moderators }, () => moderating(isOver)))
  await citizens
  await pause((grace + 1) * 1000)
  while ((await portal.db.query.$count(dueDecisions)) > 0) await pause(200)
  follower.stop()
  await follower.done

  const stored = await portal.db.query
    .select({ publicId: comments.publicId, body: comments.body })
    .from(comments)
  const wrong = [...said].flatMap(([publicId, body]) =>
    stored.some((one) => one.publicId === publicId && one.body === body) ? [] : [`words lost: ${publicId}`],
  )
  const rows = await portal.db.query
    .select({ publicId: comments.publicId, version: decisions.version, staffId: decisions.staffId })
    .from(decisions)
    .innerJoin(comments, eq(comments.id, decisions.commentId))
  const entries = await portal.db.query.select().from(log).where(eq(log.act, 'comment.decide'))
  for (const { staffId, acts } of worked) {
    const last = new Map(acts.map((act) => [act.publicId, act]))
    for (const { kind, publicId, at } of last.values()) {
      const isStored = rows.some((row) => row.publicId === publicId)
      const own = rows.some((row) => row.publicId === publicId && row.staffId === staffId)
      const wasRevised = (revised.get(publicId) ?? 0) > at - 1000
      if (kind === 'decided' && !own && !wasRevised) wrong.push(`lost: ${publicId}`)
      if (kind === 'revoked' && own) wrong.push(`revoked, and decided all the same: ${publicId}`)
      if (kind === 'revoked' && isStored && !others(worked, staffId, publicId))
        wrong.push(`by whom? ${publicId}`)
    }
  }
  for (const { publicId, version, staffId } of rows) {
    const { read } = worked.find((one) => one.staffId === staffId) ?? expect.unreachable('who decided')
    if (!read.has(`${publicId} ${version}`)) wrong.push(`unread: ${publicId}`)
  }
  const times = new Map<string, number>()
  for (const { subject } of entries) times.set(subject, (times.get(subject) ?? 0) + 1)
  for (const [id, count] of times) if (count > 1) wrong.push(`double: ${id}`)
  const published = await portal.db.query.$count(comments, eq(comments.state, 'published'))
  const ruled = await portal.db.query.$count(
    decisions,
    and(eq(decisions.admission, 'admitted'), eq(decisions.publication, 'published')),
  )
  const told = worked.flatMap(({ acts }) => acts)
  process.stdout.write(
    `${minutes} min: ${said.size} sent, ${told.filter(({ kind }) => kind === 'decided').length} decisions acknowledged, ` +
      `${told.filter(({ kind }) => kind === 'revoked').length} taken back, ${revised.size} revised, ` +
      `${rows.length} stored; ${wrong.length} wrong\n`,
  )
  expect(wrong).toEqual([])
  expect(published).toBe(ruled)
  expect(rows.length).toBeGreaterThan(0)
  expect(await wrongCounts(portal.db)).toEqual([])
})

function others(worked: Worked[], staffId: string, publicId: string): boolean {
  return worked.some((one) => one.staffId !== staffId && one.acts.some((act) => act.publicId === publicId))
}

/** Does what waits in the background, again and again. */
function following(goesOn: () => boolean) {
  let isStopped = false
  const work = async () => {
    while (!isStopped && goesOn()) {
      if (!(await followOnce(portal.deps, strict))) await pause(100)
    }
  }
  return { done: work(), stop: () => (isStopped = true) }
}

/** Citizens send more, some of it long, and revise what waits. */
async function sending(
  isOver: () => boolean,
  revised: Map<string, number>,
  said: Map<string, string>,
): Promise<void> {
  const sentence = '建议把办理的时限写明确，并且向社会公布。'
  const unchanged = { stance: 'amend', proposal: null, wording: null, quote: null }
  for (let number = 0; !isOver(); number += 1) {
    const waiting = await portal.db.query.$count(comments, eq(comments.state, 'pending'))
    const body = `${number}。${sentence.repeat(number % 7 === 0 ? 60 : 1 + (number % 4))}`
    if (waiting < 30) said.set((await aComment(portal, { body })).publicId, body)
    else await pause(100)
    if (!chance(0.05)) continue
    const [one] = await portal.db.query.select().from(comments).where(eq(comments.state, 'pending')).limit(1)
    if (!one) continue
    const words = { ...unchanged, body: `${one.body}（改）` }
    await reviseComment(portal.db, one, words, portal.clock.now).then(
      () => {
        revised.set(one.publicId, Date.now())
        said.set(one.publicId, words.body)
      },
      () => {},
    )
  }
}

async function moderating(isOver: () => boolean): Promise<Worked> {
  const member = await signIn(portal, 'moderator')
  const page = await pageOf(portal, member, { width: 1366, height: 660 })
  const worked: Worked = { staffId: member.id, acts: [], read: new Map() }
  page.on('response', (response) => {
    const [, publicId = '', act] = /comments\/([\da-f-]+)\/(decision|revocation)/.exec(response.url()) ?? []
    if (!publicId || response.request().method() !== 'POST' || ![200, 303].includes(response.status())) return
    worked.acts.push({ kind: act === 'decision' ? 'decided' : 'revoked', publicId, at: Date.now() })
  })
  page.on('dialog', (dialog) => dialog.accept())
  await page.exposeFunction('noteRead', (hand: string) => worked.read.set(hand, Date.now()))
  await page.context().addInitScript(watching)
  await page.goto('/moderation')
  while (!isOver()) {
    await act(page)
    // Where all was done the page is asked for anew, as anybody would.
    if ((await page.locator('[data-in-hand]').count()) === 0) await goneTo(page, '/moderation')
  }
  await pause(1500)
  return worked
}

/** Goes there, unless the page leads on by itself at the same moment. */
async function goneTo(page: Page, address: string): Promise<void> {
  await page.goto(address).catch((error: unknown) => {
    if (!`${error}`.includes('is interrupted by another navigation')) throw error
  })
}

/** What a hand does next: mostly P, now and then too fast, held down, or something else. */
async function act(page: Page): Promise<void> {
  const { keyboard } = page
  await pause(50 + Math.random() * 1200)
  const lot = Math.random()
  if (lot < 0.1) {
    for (let count = 0; count < 20; count += 1) {
      await keyboard.down('p')
      await pause(33)
    }
    await keyboard.up('p')
  } else if (lot < 0.25) {
    await keyboard.press('p')
    await pause(250)
    await keyboard.press('p')
  } else if (lot < 0.32) await keyboard.press('z')
  else if (lot < 0.4) await keyboard.press(chance(0.7) ? 'j' : 'k')
  else if (lot < 0.55) {
    await page.mouse.move(900, 300)
    for (let count = 0; count < 15; count += 1) await page.mouse.wheel(0, 200)
  } else await keyboard.press('p')
}
