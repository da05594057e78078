import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { anonymise } from '../../../db/queries/upkeep/anonymisation.ts'
import {
  comments,
  consultations,
  fetches,
  outcomeRows,
  outcomes,
  retractedTexts,
  retractions,
} from '../../../db/schema/index.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided } from '../../public/decided.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { aComment } from '../comments.ts'

let portal: TestPortal
let moderator: SignedIn

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation/retractions')
  return portal
})

const base = '/consultations/shanxi-laoqu'
const hide = (fields: object, by = moderator) =>
  by.post('/moderation/retractions', { cause: 'personal', ...fields })
const consultationId = async () => (await findConsultation(portal.db, 'shanxi-laoqu'))?.id

async function published(body: string, name: string | null = null) {
  const { id, code } = await aComment(portal, { body, clause: 'p3' }, { name, showName: name !== null })
  return { id, code, publicId: await decided(portal, body, 'published') }
}

const stateOf = async (id: string) =>
  (await portal.db.query.select().from(comments).where(eq(comments.id, id)))[0]?.state

test('a whole comment is taken out by any moderator with one press, and found nowhere', async () => {
  const { id, publicId } = await published('这条整个都不该公开。')
  const address = `${base}/comments/${publicId}`
  expect((await portal.app.inject(address)).statusCode).toBe(200)
  const link = `/moderation/retractions?comment=${publicId}`
  expect((await moderator.get(`/moderation?comment=${publicId}`)).body).toContain(`href="${link}"`)
  expect((await moderator.get(link)).body).toContain('这条整个都不该公开。')
  const { statusCode, headers } = await hide({ comment: publicId })
  expect(statusCode).toBe(303)
  expect(await stateOf(id)).toBe('pending')
  expect((await portal.app.inject(address)).statusCode).toBe(404)
  for (const page of [
    'clauses/p3',
    'comments',
    'comments?q=不该公开',
    'comments.csv',
    'feed.atom',
    'annotated',
  ]) {
    expect((await portal.app.inject(`${base}/${page}`)).body, page).not.toContain('这条整个都不该公开')
  }
  const record = (await moderator.get(String(headers.location))).body
  expect(record).toContain(`${base}/comments/${publicId}</code></td><td>1</td>`)
  expect((await hide({ comment: publicId })).statusCode).toBe(422)
})

test('what an edition copied of a comment that is taken out goes with it, and the edition says when', async () => {
  const { id, publicId } = await published('已经写进结果的意见。')
  const numbers = {
    received: 1,
    people: 1,
    admitted: 1,
    states: {},
    channels: {},
    outcomes: {},
    late: 0,
    endorsements: 0,
  }
  await portal.db.query.insert(outcomes).values({
    id: 'first',
    consultationId: (await consultationId()) ?? '',
    edition: 1,
    report: '共收到意见 1 条。',
    numbers,
    note: null,
    staffId: moderator.id,
    publishedAt: portal.clock.now,
  })
  const row = {
    clause: 'p3',
    count: 1,
    outcome: 'adopted',
    reason: '已写明。',
    outcomeId: 'first',
    position: 0,
  }
  await portal.db.query
    .insert(outcomeRows)
    .values({ ...row, commentId: id, author: '朱**', body: '已经写进结果的意见。' })
  expect((await hide({ comment: publicId })).statusCode).toBe(303)
  const rows = await portal.db.query.select().from(outcomeRows).where(eq(outcomeRows.commentId, id))
  expect(rows.map(({ body, reason }) => [body, reason])).toEqual([['', '已写明。']])
  const { body } = await portal.app.inject(`${base}/outcome`)
  expect(body).toContain('本版有内容不宜公开')
})

test('somebody who moderates elsewhere, or only reads, hides nothing', async () => {
  const { id, publicId } = await published('别人审核的。')
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  const auditor = await signIn(portal, 'auditor')
  const approver = await signIn(portal, 'approver')
  for (const person of [elsewhere, auditor, approver]) {
    expect((await person.get('/moderation/retractions')).body).not.toContain('name="words"')
    expect((await hide({ comment: publicId }, person)).statusCode).toBe(403)
    expect(
      (await hide({ consultation: await consultationId(), words: '别人审核的' }, person)).statusCode,
    ).toBe(403)
  }
  expect(await stateOf(id)).toBe('published')
})

test('words are asked for, long enough to mean something, and have to stand there', async () => {
  const consultation = await consultationId()
  for (const [fields, said] of [
    [{ consultation }, '请填写要隐去的文字'],
    [{ consultation, words: '的' }, '请至少填写两个字'],
    [{ consultation, words: '没有这样的话' }, '没有这段文字'],
    [{ consultation, words: '革命老区', cause: '' }, '请选择为什么隐去'],
    [{ consultation, words: '革命老区' }, '处出现'],
  ] as const) {
    const { statusCode, body } = await hide(fields)
    expect([statusCode, body.includes(said)], said).toEqual([422, true])
  }
  expect((await portal.app.inject(base)).body).toContain('革命老区')
})

test('a name that stands only as who sent it is masked, and the comment taken out', async () => {
  const { id, publicId } = await published('署名的意见。', '慕容不该见')
  expect((await portal.app.inject(`${base}/comments/${publicId}`)).body).toContain('慕容不该见')
  expect((await hide({ consultation: await consultationId(), words: '慕容不该见' })).statusCode).toBe(303)
  expect(await stateOf(id)).toBe('pending')
  await decided(portal, '署名的意见。', 'published')
  const { body } = await portal.app.inject(`${base}/comments/${publicId}`)
  expect(body).toContain('署名的意见。')
  expect(body).not.toContain('慕容不该见')
})

test('of a letter that many sent every copy is taken out, more than go into one list', async () => {
  const ids = []
  for (let copy = 0; copy < 205; copy++) ids.push((await published(`第${copy}份：联系司徒不该见。`)).id)
  const asked = await hide({ consultation: await consultationId(), words: '司徒不该见' })
  expect(asked.body).toContain('在 205 处出现')
  const fields = { consultation: await consultationId(), words: '司徒不该见', places: '205' }
  expect((await hide(fields)).statusCode).toBe(303)
  expect((await portal.app.inject(`${base}/comments.csv`)).body).not.toContain('司徒不该见')
  expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['pending']))
})

test('the file of the 起草说明 goes with the text that was read from it', async () => {
  const store = new FileStore(portal.deps.config.dataDir, 'explanations')
  const id = crypto.randomUUID()
  const explanationFile = {
    id,
    type: 'docx' as const,
    ...(await store.write(Buffer.from('PK 诸葛不该见'), id)),
  }
  await portal.db.query
    .update(consultations)
    .set({ explanationFile, explanation: '起草人诸葛不该见。', revision: 1000 })
    .where(eq(consultations.slug, 'shanxi-laoqu'))
  expect((await portal.app.inject(`${base}/explanation`)).statusCode).toBe(200)
  expect((await portal.app.inject(base)).body).toContain('起草人诸葛不该见。')
  expect((await hide({ consultation: await consultationId(), words: '诸葛不该见' })).statusCode).toBe(303)
  expect((await portal.app.inject(`${base}/explanation`)).statusCode).toBe(404)
  expect(await store.read(id)).toBe(null)
  expect((await findConsultation(portal.db, 'shanxi-laoqu'))?.explanationFile).toBe(null)
  expect((await portal.app.inject(base)).body).toContain('起草人▇▇（已隐去）。')
})

test('pages are counted by address and day, a comment’s own page for all time, and only where they were there', async () => {
  const { publicId } = await published('被取用的意见。')
  await portal.app.keepFetches()
  await portal.db.query.delete(fetches)
  const page = await portal.app.inject(`${base}/comments/${publicId}`)
  await portal.app.inject({
    url: `${base}/comments/${publicId}?lang=zh`,
    headers: { 'if-none-match': String(page.headers.etag) },
  })
  await portal.app.inject({ method: 'HEAD', url: `${base}/comments/${publicId}` })
  await portal.app.inject(`${base}/comments/${crypto.randomUUID()}`)
  await portal.app.inject(`${base}/comments.csv`)
  await portal.app.keepFetches()
  await portal.app.keepFetches()
  const rows = await portal.db.query.select().from(fetches)
  expect(rows.sort((a, b) => a.count - b.count)).toEqual([
    { slug: 'shanxi-laoqu', page: '/comments.csv', day: '2026-11-23', count: 1 },
    { slug: 'shanxi-laoqu', page: `/comments/${publicId}`, day: '', count: 2 },
  ])
})

test('what changes while it is read is read again', async () => {
  const { id } = await published('正在改的意见，端木不该见。')
  const moved = portal.db.query.update(comments).set({ review: 2 }).where(eq(comments.id, id))
  const { atomically } = portal.deps.db
  portal.deps.db.atomically = async (build) => {
    portal.deps.db.atomically = atomically
    await moved
    return atomically(build)
  }
  expect((await hide({ consultation: await consultationId(), words: '端木不该见' })).statusCode).toBe(303)
  expect(await stateOf(id)).toBe('pending')
  const all = await portal.db.query.select().from(retractions)
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
})

test('removing the personal data for good removes what was sealed of it', async () => {
  anewAfter()
  const { db, clock } = portal
  const notice = { notice: '请找公孙不该见。', noticeSigner: '某办公室', noticeDay: '2026-11-20' }
  await db.query.update(consultations).set(notice)
  expect((await hide({ consultation: await consultationId(), words: '公孙不该见' })).statusCode).toBe(303)
  await db.query.update(consultations).set({ outcomeAt: clock.now })
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  if (!consultation) return expect.unreachable('the seed is not there')
  const sealed = async () => [
    (await db.query.select().from(retractions)).filter(({ words }) => words !== null).length,
    (await db.query.select().from(retractedTexts)).filter((text) => text.sealed !== null).length,
  ]
  expect(Math.min(...(await sealed()))).toBeGreaterThan(0)
  await anonymise(portal.deps, consultation, clock.now)
  expect(await sealed()).toEqual([0, 0])
})
