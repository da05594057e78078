import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { comments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided } from '../../public/decided.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { aComment } from '../comments.ts'

let portal: TestPortal
let moderator: SignedIn

const anewAfter = sharedPortal(async () => {
  // A Thursday.
  portal = await buildTestApp({ now: new Date('2026-11-26T02:00:00Z') })
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation')
  return portal
})

const base = '/consultations/shanxi-laoqu'

async function reported(body: string) {
  const { id } = await aComment(portal, { body })
  const publicId = await decided(portal, body, 'published')
  const { headers } = await portal.app.inject({
    method: 'POST',
    url: `${base}/comments/${publicId}/privacy-reports`,
  })
  return { id, publicId, report: String(headers.location) }
}

const answer = (publicId: string, fields: object, by = moderator) =>
  by.post(`/moderation/comments/${publicId}/privacy-reports`, fields)
const told = async (report: string) => (await portal.app.inject(report)).body

test('a report is listed with the day by which to answer: three working days, weekends left out', async () => {
  const { publicId } = await reported('我邻居李四家的事。')
  await portal.app.inject({ method: 'POST', url: `${base}/comments/${publicId}/privacy-reports` })
  const { body } = await moderator.get('/moderation/privacy-reports')
  expect(body).toContain('我邻居李四家的事。')
  expect(body).toContain('2026-12-01 前处理')
  expect(body).toContain('2 次反映')
  expect(body).toContain(`/moderation?comment=${publicId}`)
  const auditor = await signIn(portal, 'auditor')
  const read = (await auditor.get('/moderation/privacy-reports')).body
  expect([read.includes('我邻居李四家的事'), read.includes('name="answer"')]).toEqual([true, false])
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get('/moderation/privacy-reports')).body).not.toContain('李四')
  expect((await answer(publicId, { outcome: 'nothing_found', answer: '没有' }, elsewhere)).statusCode).toBe(
    403,
  )
})

test('one that is late says so', async () => {
  anewAfter()
  await reported('逾期的。')
  portal.clock.now = new Date('2026-12-01T15:59:59Z')
  const later = await signIn(portal, 'moderator')
  expect((await later.get('/moderation/privacy-reports')).body).not.toContain('已逾期')
  portal.clock.now = new Date('2026-12-01T16:00:00Z')
  expect((await later.get('/moderation/privacy-reports')).body).toContain('2026-12-01 前处理（已逾期）')
})

test('an answer needs an outcome and words, and is told at the report’s address', async () => {
  const { publicId, report } = await reported('没有什么的意见。')
  expect(await told(report)).toContain('2026-12-01 以前处理')
  for (const fields of [{}, { outcome: 'nothing_found' }, { answer: '好' }, { outcome: 'x', answer: '好' }]) {
    const { statusCode, body } = await answer(publicId, fields)
    expect([statusCode, body.includes('出错：')]).toEqual([422, true])
  }
  const given = { outcome: 'nothing_found', answer: '看过了，没有能认出谁的信息。' }
  expect((await answer(publicId, given)).statusCode).toBe(303)
  const body = await told(report)
  expect(body).toContain('没有发现可以认出个人的信息')
  expect(body).toContain('看过了，没有能认出谁的信息。')
  expect((await moderator.get('/moderation/privacy-reports')).body).not.toContain('没有什么的意见。')
  expect((await answer(publicId, given)).statusCode).toBe(404)
})

test('the answer that it was taken out takes it out', async () => {
  const { id, publicId } = await reported('有王五电话的意见。')
  const fields = { outcome: 'retracted', answer: '已经隐去，谢谢您告诉我们。' }
  expect((await answer(publicId, fields)).statusCode).toBe(303)
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  expect(comment?.state).toBe('pending')
  expect((await portal.app.inject(`${base}/comments/${publicId}`)).statusCode).toBe(404)
})

test('that words of it were hidden is answered only where they were', async () => {
  const { publicId } = await reported('电话13812345678的意见。')
  const fields = { outcome: 'redacted', answer: '已隐去电话。' }
  expect((await answer(publicId, fields)).body).toContain('还没有隐去文字后公开')
  await moderator.post('/moderation/retractions', { comment: publicId, cause: 'personal' })
  const decision = { admission: 'admitted', publication: 'published', version: '1', hide: '1' }
  expect((await moderator.post(`/moderation/comments/${publicId}/decision`, decision)).statusCode).toBe(303)
  expect((await answer(publicId, fields)).statusCode).toBe(303)
})

test('what was answered is counted where the moderation is accounted for; what waits changes nothing there', async () => {
  const page = () => portal.app.inject(`${base}/moderation`)
  const counted = (body: string) => Number(/已处理<\/th><td><\/td><td>(\d+)</.exec(body)?.[1])
  const { publicId } = await reported('计数的意见。')
  const { body: before, headers } = await page()
  await portal.app.inject({ method: 'POST', url: `${base}/comments/${publicId}/privacy-reports` })
  expect((await page()).headers.etag).toBe(headers.etag)
  await answer(publicId, { outcome: 'nothing_found', answer: '没有。' })
  const { body } = await page()
  expect(counted(body)).toBe(counted(before) + 2)
  expect(body).toContain('<td>没有发现可以认出个人的信息</td>')
})
