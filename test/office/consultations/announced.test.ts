import { afterEach, beforeEach, expect, test } from 'vitest'
import { readDraft } from '../../../server/text/outlining/outline.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { base, facts, makeReady, type PutUp, publish, putUp, send, slug } from './conducting.ts'
import { policy, secondPolicy } from './draft-text.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
})
afterEach(() => portal.close())

const seen = async (path: string) => {
  const page = await portal.app.inject(`/consultations/${slug}${path}`)
  expect(page.statusCode, path).toBe(200)
  return page.body.replace(/\s+/g, ' ')
}

test('the notice is published as the approver saw it, signed and dated', async () => {
  await publish(people)
  const page = await seen('/notice')
  expect(page).toContain('关于公开征求《关于促进社区养老服务的意见（征求意见稿）》意见的公告')
  expect(page).toContain('提出意见的截止日期为2026年12月23日（含当日）。')
  expect(page).toContain('寄信：某市长安路1号，信封上请注明“征求意见”')
  expect(page).toMatch(/某市民政局<br>2026年11月23日/)
  expect(await seen('')).toContain(`href="/consultations/${slug}/notice"`)
})

test('an extension stays visible, and the notice keeps the day that it told', async () => {
  await publish(people)
  await send(people.approver, `${base}/extensions`, { closes_on: '2027-01-05', reason: '群众建议延长' })
  for (const path of ['', '/notice']) {
    expect(await seen(path)).toMatch(/截止日期由 2026-12-23 延至 2027-01-05。<[^>]+>群众建议延长/)
  }
  expect(await seen('/notice')).toContain('2026年12月23日（含当日）')
})

test('why the period is short, why it stopped and what was wrong are said on the draft', async () => {
  const reason = '防汛应急，需要尽快施行'
  await send(people.drafter, `${base}/settings`, {
    ...facts,
    closes_on: '2026-12-01',
    short_period_reason: reason,
  })
  await publish(people)
  await send(people.approver, `${base}/suspension`, { reason: '草案需要重大调整' })
  const correction = { place: 'p3', before: '一处', after: '两处', reason: '笔误' }
  await send(people.approver, `${base}/corrections`, correction)
  const page = await seen('')
  expect(page).toContain(reason)
  expect(page).toContain('草案需要重大调整')
  expect(page).toMatch(/<del[^>]*>一处<\/del> 更正为 <ins[^>]*>两处<\/ins>/)
  expect(await seen('/clauses/p3')).toMatch(/<del[^>]*>一处<\/del> 更正为 <ins[^>]*>两处<\/ins>/)
  expect(await seen('/clauses/p4')).not.toContain('更正')
})

test('the title and a heading can be corrected too', async () => {
  await publish(people)
  const title = { place: 'title', before: '社区', after: '社区和农村', reason: '漏字' }
  const heading = { place: 'h1', before: '总体', after: '总的', reason: '笔误' }
  await send(people.approver, `${base}/corrections`, title)
  await send(people.approver, `${base}/corrections`, heading)
  const page = (await seen('')).replace(/<[^>]+>/g, '')
  expect(page).toMatch(/第一稿 题目中的 社区 更正为 社区和农村.{0,2}漏字/)
  expect(page).toMatch(/第一稿 一、总体要求中的 总体 更正为 总的.{0,2}笔误/)
})

test('what is not set is not said', async () => {
  await publish(people)
  expect(await seen('')).not.toMatch(/延期|更正|中止：|缩短期限/)
})

test('the draft is taken away as text, as Word and as Akoma Ntoso, each round for itself', async () => {
  await publish(people)
  await send(people.drafter, `${base}/import`, { text: secondPolicy })
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  const early = await portal.app.inject(`/consultations/${slug}/draft.txt?round=2`)
  expect(early.statusCode).toBe(404)
  await publish(people)
  const text = await portal.app.inject(`/consultations/${slug}/draft.txt?round=1`)
  expect(readDraft(text.body).units).toEqual(readDraft(policy).units)
  expect((await portal.app.inject(`/consultations/${slug}/draft.txt`)).body).toContain('第二次征求意见稿')
  const word = await portal.app.inject(`/consultations/${slug}/draft.docx`)
  expect(word.rawPayload.subarray(0, 2).toString()).toBe('PK')
  const akn = await portal.app.inject(`/consultations/${slug}/draft.akn.xml?round=2`)
  expect(akn.headers['content-type']).toBe('application/akn+xml; charset=utf-8')
  expect(akn.body).toContain('两处养老服务站')
})

test.each(['draft.txt', 'draft.docx', 'draft.akn.xml', 'notice', 'rounds/1/compare/2'])(
  'before it is published nobody gets %s',
  async (path) => {
    expect((await portal.app.inject(`/consultations/${slug}/${path}`)).statusCode).toBe(404)
  },
)

test.each(['0', '9', 'x', '1&round=2', '%00'])(
  'a round that is not there is not found: %s',
  async (round) => {
    await publish(people)
    expect((await portal.app.inject(`/consultations/${slug}/draft.txt?round=${round}`)).statusCode).toBe(404)
  },
)
