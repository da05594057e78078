import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { extend } from '../../../db/queries/consultations/extensions.ts'
import { comments, intakes } from '../../../db/schema/index.ts'
import { clausePlaces } from '../../../server/documents/papers/clause-places.ts'
import { findPaper } from '../../../server/documents/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { endOfDay } from '../../../server/rules/days.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn
let drafter: SignedIn

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  portal.clock.now = new Date('2027-01-10T02:00:00Z')
  moderator = await signIn(portal, 'moderator')
  drafter = await signIn(portal, 'drafter')
  await letter('2026-12-23', ['截止当天寄出的意见'])
  await letter('2026-12-24', ['截止之后寄出的意见', '截止之后寄出的第二条意见'])
  return portal
})

async function letter(receivedOn: string, bodies: string[]): Promise<void> {
  await moderator.get('/moderation/offline')
  const response = await moderator.post('/moderation/offline?consultation=shanxi-laoqu', {
    channel: 'letter',
    received_on: receivedOn,
    key: receivedOn,
    comments: bodies.map((body) => ({ clause: 'p7', stance: 'amend', body })),
  })
  expect(response.statusCode, response.body).toBe(201)
}

async function consultation() {
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not loaded')
  return found
}

async function paper(kind: string, format: string): Promise<string> {
  const { db, seals, config } = portal.deps
  const of = await consultation()
  const places = await clausePlaces(db, of.id)
  const about = { db, seals, consultation: of, places, now: portal.clock.now, origin: '' }
  const found = findPaper(kind, format, 'internal')
  if (!found) throw new Error(`no ${kind}`)
  const file = await found.make({
    ...about,
    scope: 'internal',
    filters: everything,
    header: 'zh',
    dataDir: config.dataDir,
    read: () => {},
    marked: () => {},
  })
  return Buffer.concat(await file.toArray()).toString()
}

function textOf(html: string): string {
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('the queue and the office’s reading show what came late, and are narrowed to it', async () => {
  const all = textOf((await moderator.get('/moderation')).body)
  expect(all).toContain('逾期收到 2')
  const late = (await moderator.get('/moderation?only=after_closing')).body
  expect(late).toContain('截止之后寄出的意见')
  expect(late).not.toContain('截止当天寄出的意见')
  expect(textOf(late)).toContain('2026-12-24 收到（逾期）')
  const read = (await drafter.get('/office/shanxi-laoqu/comments?answered=all&late=yes')).body
  expect(read).toContain('符合条件的意见 <strong>2</strong> 条')
  expect(read).not.toContain('截止当天寄出的意见')
})

test('the office counts it apart: at a glance, by channel, in the report', async () => {
  const pages = ['', '/figures', '/outcome'].map((path) => drafter.get(`/office/shanxi-laoqu${path}`))
  const [overview = '', figures = '', outcome = ''] = (await Promise.all(pages)).map(({ body }) =>
    textOf(body),
  )
  expect(overview).toContain('3 条意见，2 件，2 人次，其中逾期 2 条')
  expect(figures).toContain('意见 件 人次 其中逾期意见 来信 3 2 2 2')
  expect(outcome).toContain('共收到意见3条（2件，2人次），其中来信3条，其中截止之后收到的逾期意见2条')
})

test('papers mark it', async () => {
  anewAfter()
  await portal.db.query.update(comments).set({ state: 'withheld' })
  expect(await paper('comments', 'csv')).toMatch(/截止之后寄出的意见.*来信.*,逾期,/)
  expect(await paper('comments', 'csv')).toMatch(/截止当天寄出的意见.*来信.*,,/)
  expect(await paper('summary', 'csv')).toMatch(/截止之后寄出的意见.*个人（逾期）/)
  expect(await paper('summary', 'csv')).toMatch(/截止当天寄出的意见.*个人,/)
})

test('a closing day that moves behind it makes it timely', async () => {
  anewAfter()
  const act = { staffId: moderator.id, now: portal.clock.now }
  await extend(portal.db, await consultation(), endOfDay('2027-01-20'), '来信途中延误', act)
  const rows = await portal.db.query.select().from(intakes)
  expect(rows.map(({ late }) => late)).toEqual([false, false])
})
