import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refused } from '../../../db/open.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { publishConsultation } from '../../../db/queries/consultations/publication.ts'
import { saveRepairs } from '../../../db/queries/drafts/round-drafts.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { log, units } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { signIn } from '../../staff.ts'
import {
  base,
  facts,
  makeReady,
  type PutUp,
  participation,
  publish,
  putUp,
  send,
  slug,
} from './conducting.ts'
import { policy } from './draft-text.ts'

let portal: TestPortal
let people: PutUp

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
})
afterEach(() => portal.close())

const at = (time: string) => {
  portal.clock.now = new Date(`${time}+08:00`)
}
const publicPage = () => portal.app.inject(`/consultations/${slug}`)

test('the page tells what is still to be done, and nothing is published before', async () => {
  const page = await people.approver.get(`${base}/publication`)
  expect(page.body).toContain('还没有起草说明')
  expect(page.body).toContain('还没有填写')
  expect(page.body).not.toContain('批准公布')
  const answer = await publish(people, { version: 1, revision: 1 })
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('还没有起草说明')
  expect((await publicPage()).statusCode).toBe(404)
})

test('an approver publishes; both names are kept, and the public reads the draft', async () => {
  await makeReady(people)
  expect((await publish(people)).statusCode).toBe(303)
  const page = await people.drafter.get(`${base}/publication`)
  expect(page.body).toContain('征集中')
  expect(page.body).toContain(people.drafter.name)
  expect(page.body).toContain(people.approver.name)
  const draft = await publicPage()
  expect(draft.statusCode).toBe(200)
  expect(draft.body).toContain('每个社区至少建设一处养老服务站')
})

test('the drafter cannot approve, nor whoever has both roles approve their own draft', async () => {
  await makeReady(people)
  expect((await send(people.drafter, `${base}/publication`, {})).statusCode).toBe(403)
  const both = await signIn(portal, 'drafter', 'approver')
  await send(both, `${base}/import`, { text: policy })
  expect((await both.get(`${base}/publication`)).body).toContain('这一稿是您起草的，请由另一位审批人员批准')
  const own = await publish({ ...people, approver: both }, { version: 2, revision: 3 })
  expect(own.statusCode).toBe(409)
  expect(own.body).toContain('起草和审批要由两个人办理')
  const consultation = await findConsultation(portal.db, slug)
  expect(consultation?.publishedAt).toBeNull()
})

test('the statement itself refuses a draft of one’s own, one that has changed, and one that is published', async () => {
  await makeReady(people)
  const consultation = await findConsultation(portal.db, slug)
  const round = consultation && (await findRound(portal.db, consultation.id, 1))
  if (!consultation || !round) throw new Error('it was not put up')
  const { opensAt, closesAt } = consultation
  const notice = { notice: '公告', noticeSigner: '某市民政局', noticeDay: '2026-11-23' }
  const by = (staffId: string, seen = round, facts = consultation) =>
    publishConsultation(portal.db, facts, seen, { opensAt, closesAt }, notice, {
      staffId,
      now: portal.clock.now,
    })
  await expect(by(people.drafter.id)).rejects.toThrow(Refused)
  await expect(by(people.approver.id, { ...round, version: 9 })).rejects.toThrow(Refused)
  await expect(by(people.approver.id, round, { ...consultation, revision: 9 })).rejects.toThrow(Refused)
  await by(people.approver.id)
  const act = { staffId: people.drafter.id, now: portal.clock.now }
  const published = await findRound(portal.db, consultation.id, 1)
  if (!published) throw new Error('it was not published')
  const draft = draftOf(published, published.units)
  await expect(saveRepairs(portal.db, published, [], draft, [], act)).rejects.toThrow(Refused)
  expect(await findRound(portal.db, consultation.id, 1)).toEqual(published)
})

test('a draft that does not hold all of its source is not published', async () => {
  await makeReady(people)
  await portal.db.query.update(units).set({ text: '少了几个字' }).where(eq(units.key, 'p2'))
  const outline = await people.drafter.get(`${base}/rounds/1/outline`)
  expect(outline.body).toContain('对不上')
  const answer = await publish(people, { version: 1, revision: 3 })
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('读入的内容与原文对不上')
  expect((await publicPage()).statusCode).toBe(404)
})

test('what the approver did not see is not published', async () => {
  await makeReady(people)
  const page = await people.approver.get(`${base}/publication`)
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1]
  const revision = /name="revision" value="(\d+)"/.exec(page.body)?.[1]
  await send(people.drafter, `${base}/settings`, { ...facts, title: '换了题目' })
  const answer = await people.approver.post(`${base}/publication`, { version, revision })
  expect(answer.statusCode).toBe(409)
  expect((await publicPage()).statusCode).toBe(404)
})

test('a published draft and its facts stay as they are', async () => {
  await makeReady(people)
  await publish(people)
  const repair = await people.drafter.post(`${base}/rounds/1/repairs`, { step: 'raise-0', version: '2' })
  expect(repair.statusCode).toBe(409)
  const settings = await people.drafter.post(`${base}/settings`, { ...facts, title: '换了', revision: '4' })
  expect(settings.statusCode).toBe(409)
  expect(settings.body).toContain('已经公布，不能再改')
  expect((await publish(people, { version: 2, revision: 4 })).body).toContain('没有等待公布的稿件')
})

test('a shorter period is not published without a reason, and approval that comes late makes a period short', async () => {
  await makeReady(people)
  await send(people.drafter, `${base}/settings`, {
    ...facts,
    opens_on: '2026-11-21',
    closes_on: '2026-12-21',
  })
  const page = await people.approver.get(`${base}/publication`)
  expect(page.body).toContain(
    '从 2026-11-23 开始，到 2026-12-21 不足30日；请把截止日期改到 2026-12-23 或以后',
  )
  await send(people.drafter, `${base}/settings`, { ...facts, closes_on: '2026-12-23' })
  expect((await publish(people)).statusCode).toBe(303)
})

test('a draft that opens later is shown, and takes no comment before', async () => {
  await makeReady(people)
  await send(people.drafter, `${base}/settings`, {
    ...facts,
    opens_on: '2026-12-01',
    closes_on: '2026-12-31',
  })
  await publish(people)
  expect((await publicPage()).body).toContain('未开始')
  at('2026-12-01T00:00')
  expect((await publicPage()).body).toContain('征集中')
  at('2026-12-31T23:59')
  expect((await publicPage()).body).toContain('征集中')
  at('2027-01-01T00:00')
  expect((await publicPage()).body).toContain('已截止')
})

test('the closing day is moved by an approver with a reason, never back', async () => {
  await makeReady(people)
  await publish(people)
  const extensions = `${base}/extensions`
  const back = await send(people.approver, extensions, { closes_on: '2026-12-23', reason: '群众建议' })
  expect(back.statusCode).toBe(422)
  expect(back.body).toContain('新的截止日期要晚于 2026-12-23')
  const silent = await send(people.approver, extensions, { closes_on: '2027-01-05', reason: '' })
  expect(silent.body).toContain('请填写延期的理由')
  expect((await send(people.drafter, extensions, {})).statusCode).toBe(403)
  await send(people.approver, extensions, { closes_on: '2027-01-05', reason: '群众建议延长' })
  expect((await people.drafter.get(extensions)).body).toContain('由 2026-12-23 延至 2027-01-05。群众建议延长')
  at('2027-01-05T12:00')
  expect((await publicPage()).body).toContain('征集中')
})

test('a suspension stops comments with its reason, and is ended', async () => {
  await makeReady(people)
  await publish(people)
  const suspension = `${base}/suspension`
  expect((await send(people.approver, suspension, { reason: '' })).statusCode).toBe(422)
  await send(people.approver, suspension, { reason: '草案需要重大调整' })
  expect((await publicPage()).body).toContain('已中止')
  const again = await send(people.approver, suspension, { reason: '再来一次' }, suspension)
  expect(again.statusCode).toBe(409)
  await send(people.approver, suspension, {}, `${suspension}/end`)
  expect((await publicPage()).body).toContain('征集中')
})

test('a correction keeps both wordings and leaves the round alone', async () => {
  await makeReady(people)
  await publish(people)
  const corrections = `${base}/corrections`
  const wrong = await send(people.approver, corrections, {
    place: 'p3',
    before: '两处',
    after: '三处',
    reason: '笔误',
  })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('这里没有这段文字')
  expect(wrong.body).toContain('三处')
  await send(people.approver, corrections, { place: 'p3', before: '一处', after: '两处', reason: '笔误' })
  expect((await people.approver.get(corrections)).body).toContain('<del>一处</del> 更正为 <ins>两处</ins>')
  expect((await publicPage()).body).toContain('至少建设一处养老服务站')
})

test('an own wording of the notice must tell the closing day, and follows the facts until it is worded', async () => {
  const notice = `${base}/notice`
  await makeReady(people)
  expect((await people.drafter.get(notice)).body).toContain('提出意见的截止日期为2026年12月23日（含当日）。')
  const bare = await send(people.drafter, notice, { notice: '欢迎提意见。', notice_signer: '某市民政局' })
  expect(bare.statusCode).toBe(422)
  expect(bare.body).toContain('公告里要写明截止日期 2026-12-23')
  const own = { notice: '请于2026年12月23日前提出意见。', notice_signer: '某市民政局' }
  expect((await send(people.drafter, notice, own)).statusCode).toBe(303)
  await send(people.drafter, `${base}/settings`, { ...facts, closes_on: '2026-12-28' })
  expect((await people.approver.get(`${base}/publication`)).body).toContain(
    '公告里没有写明截止日期 2026-12-28',
  )
  await send(people.drafter, notice, { ...own, anew: '1' })
  expect((await people.drafter.get(notice)).body).toContain('2026年12月28日（含当日）')
})

test('a refused form comes back as it was typed', async () => {
  const bad = { ...facts, closes_on: '2026-12-01', explanation: '很长的说明' }
  const answer = await send(people.drafter, `${base}/settings`, bad)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain('最早 2026-12-23 截止')
  expect(answer.body).toContain('很长的说明')
  const asked = await send(people.drafter, `${base}/participation`, { ...participation, email: '不是邮箱' })
  expect(asked.statusCode).toBe(422)
  expect(asked.body).toContain('value="不是邮箱"')
})

test.each(['settings', 'participation', 'notice', 'extensions', 'suspension', 'corrections', 'publication'])(
  'hostile input to %s is refused and never breaks it',
  async (page) => {
    await makeReady(people)
    if (!['settings', 'participation', 'notice'].includes(page)) await publish(people)
    const person = ['settings', 'participation', 'notice'].includes(page) ? people.drafter : people.approver
    for (const value of ['\0', ['a', 'b'], { a: 'b' }, '9'.repeat(30_000)]) {
      const fields = Object.fromEntries(
        ['title', 'organ', 'closes_on', 'reason', 'notice', 'before', 'address', 'regions', 'version'].map(
          (name) => [name, value],
        ),
      )
      const answer = await send(person, `${base}/${page}`, fields)
      expect([409, 413, 422], `${page} ${String(value).slice(0, 9)} ${answer.statusCode}`).toContain(
        answer.statusCode,
      )
    }
  },
)

test('every act stands in the log with who did it', async () => {
  await makeReady(people)
  await publish(people)
  await send(people.approver, `${base}/extensions`, { closes_on: '2027-01-05', reason: '群众建议延长' })
  const rows = await portal.db.query.select().from(log).orderBy(desc(log.number)).limit(5)
  expect(rows.map(({ act, staffId }) => [act, staffId]).reverse()).toEqual([
    ['consultation.create', people.drafter.id],
    ['consultation.facts', people.drafter.id],
    ['consultation.participation', people.drafter.id],
    ['consultation.publish', people.approver.id],
    ['consultation.extend', people.approver.id],
  ])
})

test('an approver reads everything that the drafter filled in, and is offered nothing to change', async () => {
  await makeReady(people)
  for (const [page, said] of [
    ['settings', facts.explanation],
    ['participation', participation.address],
    ['notice', '2026年12月23日（含当日）'],
    ['rounds/1/outline', '每个社区至少建设一处养老服务站'],
  ] as const) {
    const { body } = await people.approver.get(`${base}/${page}`)
    expect(body).toContain(said)
    expect(body).not.toMatch(/>保存<|撤销上一步/)
  }
})
