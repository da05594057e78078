import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { keepBrief } from '../../../db/queries/briefs/making.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { briefSections, briefs, comments } from '../../../db/schema/index.ts'
import { briefRenewing } from '../../../server/jobs/briefs/brief-renewal.ts'
import { type BriefSection, theWhole } from '../../../server/rules/briefs/brief.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { officeErrors } from '../../documents/papers/office-errors.ts'
import { allText } from '../../documents/papers/read-back.ts'
import { doSome } from '../../jobs/doing.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { opinions } from '../../text/opinions.ts'
import { amendment, say } from '../filled-consultation.ts'
import { briefAddress, madeBrief } from './briefs.ts'

let portal: TestPortal
let drafter: SignedIn
let consultation: Consultation
const day = '2026-11-24'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  portal.clock.now = new Date('2026-11-24T02:00:00Z')
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  const some = opinions().filter(({ subject }) => ['health', 'transport', 'schools'].includes(subject))
  await say(
    portal.db,
    consultation,
    some.map(({ text: body, stance }, place) => ({
      ...{ ...amendment, wording: null, body, stance },
      clause: ['p7', 'p8', 'p9'][place % 3] ?? 'p7',
    })),
  )
  drafter = await signIn(portal, 'drafter')
  return portal
})

test('a brief is asked for, says how far it has come, and quotes what was said with what each stands for', async () => {
  anewAfter()
  const empty = (await drafter.get(briefAddress)).body
  expect(empty).toContain('还没有截至 2026-11-24 的摘要')
  await drafter.post(briefAddress, { day })
  expect((await drafter.get(briefAddress)).body).toContain('正在生成截至 2026-11-24 的摘要')
  const page = await madeBrief(portal, drafter, day)
  expect(page).toMatch(/<strong>\d+<\/strong> 件（<strong>\d+<\/strong> 人次），<strong>\d+<\/strong> 条意见/)
  expect(page).toMatch(/这 \d+ 句覆盖 <strong>\d+ %<\/strong>（\d+ 条中的 \d+ 条）/)
  expect(page).toMatch(/代表 \d+ 条具体意见（\d+ 人次）/)
  expect(page).toContain('集中度 = 就这一条提出意见的件数')
  expect(page).toContain('分歧度 = 2 ×')
  for (const [, words = '', href = ''] of quotationsOn(page)) {
    expect(opinions().some(({ text }) => text.includes(words))).toBe(true)
    expect((await drafter.get(href)).statusCode).toBe(200)
  }
  const clause = (await drafter.get(`${briefAddress}?day=${day}&clause=p8`)).body
  expect(clause).toMatch(/覆盖 <strong>\d+ %/)
  expect((await drafter.get(`${briefAddress}?day=${day}&clause=p1`)).body).toContain('没有意见')
})

test('the same comments give the same bytes', async () => {
  anewAfter()
  await madeBrief(portal, drafter, day)
  const before = await sections()
  await madeBrief(portal, drafter, day)
  expect(await sections()).toEqual(before)
  expect(before.length).toBeGreaterThan(3)
})

test('what is withdrawn or says something else since is quoted no more, and the page says how much', async () => {
  anewAfter()
  await madeBrief(portal, drafter, day)
  const page = (await drafter.get(briefAddress)).body
  const [first, second] = [
    ...new Set(quotationsOn(page).map(([, , href = '']) => href.split('/').at(-1) ?? '')),
  ]
  if (!first || !second) throw new Error('nothing is quoted')
  await portal.db.query.update(comments).set({ state: 'refused' }).where(eq(comments.publicId, first))
  await portal.db.query
    .update(comments)
    .set({ version: 2, body: '改了。' })
    .where(eq(comments.publicId, second))
  const after = (await drafter.get(briefAddress)).body
  expect(after).not.toContain(`splits/${first}"`)
  expect(after).not.toContain(`splits/${second}"`)
  expect(after).toMatch(/有 \d+ 句的意见被撤回、修改或者不再纳入研究/)
})

test('what is no part of the words of a comment that the office may read cannot be kept', async () => {
  anewAfter()
  await madeBrief(portal, drafter, day)
  const [brief] = await portal.db.query.select().from(briefs)
  const [row] = await portal.db.query.select().from(briefSections).where(eq(briefSections.kind, 'whole'))
  const said = row?.said as BriefSection
  const [stance] = said.stances
  const [quotation] = stance?.quotations ?? []
  if (!brief || !stance || !quotation) throw new Error('nothing is quoted')
  const keeping = (changed: object) =>
    keepBrief(
      portal.db,
      brief,
      [
        {
          ...theWhole,
          said: { ...said, stances: [{ ...stance, quotations: [{ ...quotation, ...changed }] }] },
        },
      ],
      portal.clock.now,
    )
  await expect(keeping({ end: quotation.length + 1 })).rejects.toThrow('is no part of')
  await expect(keeping({ start: -1 })).rejects.toThrow('is no part of')
  await expect(keeping({ length: quotation.length - 1 })).rejects.toThrow('is no part of')
  await expect(keeping({ version: 2 })).rejects.toThrow('is no part of')
  await expect(keeping({ comment: 'nobody' })).rejects.toThrow('is no part of')
  await portal.db.query
    .update(comments)
    .set({ state: 'withdrawn' })
    .where(eq(comments.publicId, quotation.comment))
  await expect(keeping({})).rejects.toThrow('is no part of')
})

test('the paper quotes what the page quotes, where none was made what stands now, and opens in Office', async () => {
  anewAfter()
  const paper = async () => {
    const { statusCode, rawPayload } = await drafter.get('/office/shanxi-laoqu/papers/brief.docx')
    expect(statusCode).toBe(200)
    return rawPayload
  }
  const now = await paper()
  await madeBrief(portal, drafter, day)
  const file = await paper()
  const text = await allText('意见情况摘要.docx', file)
  expect(await allText('意见情况摘要.docx', now)).toContain('这')
  expect(text).toMatch(/这\d+句覆盖\d+%（\d+条中的\d+条）/)
  const page = (await drafter.get(briefAddress)).body
  for (const [, words = ''] of quotationsOn(page).slice(0, 12)) expect(plain(text)).toContain(plain(words))
  expect(await officeErrors('意见情况摘要.docx', file)).toEqual([])
})

test('as of an earlier day it says what had come until then, and what is new since', async () => {
  const { db } = portal
  await db.query.update(comments).set({ createdAt: new Date('2026-11-24T01:00:00Z') })
  await db.query
    .update(comments)
    .set({ createdAt: new Date('2026-11-23T03:00:00Z') })
    .where(eq(comments.clause, 'p8'))
  const earlier = await madeBrief(portal, drafter, '2026-11-23')
  const now = await madeBrief(portal, drafter, day)
  const count = (page: string) => Number(/<strong>(\d+)<\/strong> 条意见/.exec(page)?.[1])
  const onP8 = await db.query.$count(comments, eq(comments.clause, 'p8'))
  expect(count(earlier)).toBe(onP8)
  expect(count(now)).toBeGreaterThan(onP8)
  expect(now).toContain(`比截至 2026-11-23 的摘要：意见 ${onP8} → ${count(now)} 条`)
  expect(now).toContain('<strong>新</strong>')
  const tomorrow = await drafter.post(briefAddress, { day: '2026-11-25' })
  expect(tomorrow.statusCode).toBe(422)
  expect(tomorrow.body).toContain('截至日期不能晚于今天（2026-11-24）')
  expect((await drafter.post(briefAddress, { day: '昨天' })).body).toContain(
    '截至日期请按 2026-12-31 的样子填写',
  )
})

test('once there is one it is made anew each night, as of the day that is over, if anything was admitted since', async () => {
  anewAfter()
  await madeBrief(portal, drafter, day)
  const at = portal.clock.now
  const waiting = async (time: string) => {
    portal.clock.now = new Date(time)
    await doSome(portal.deps, briefRenewing())
    return (await portal.db.query.select().from(briefs))
      .filter(({ askedAt }) => askedAt)
      .map(({ day }) => day)
  }
  // Half an hour after midnight submissions of the day before may be under way.
  expect(await waiting('2026-11-24T16:30:00Z')).toEqual([])
  expect(await waiting('2026-11-25T17:30:00Z')).toEqual([])
  await say(portal.db, consultation, [{ ...amendment, body: '请写明经费从哪里来。' }])
  const early = (await (await signIn(portal, 'drafter')).get(briefAddress)).body
  expect(early).toContain('（1 天前）')
  expect(early).toContain('此后又有 1 条意见纳入研究')
  expect(early).toContain('生成截至今天的摘要')
  expect(await waiting('2026-11-25T17:30:00Z')).toEqual(['2026-11-25'])
  portal.clock.now = at
})

/** Without marks: XML writes some of them otherwise. */
function plain(text: string): string {
  return text.replace(/<[^>]+>/g, '').replace(/[^\p{Script=Han}]/gu, '')
}

function sections() {
  return portal.db.query.select().from(briefSections).orderBy(briefSections.kind, briefSections.key)
}

function quotationsOn(page: string): string[][] {
  return Array.from(
    page.matchAll(/<a href="(\/office\/[^"]*splits\/[^"]*)">“([^<]*)”/g),
    ([all, href = '', words = '']) => [
      all,
      words.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
      href,
    ],
  )
}
