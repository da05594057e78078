import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { publishConsultation } from '../../../db/queries/consultations/publication.ts'
import { saveRepairs } from '../../../db/queries/drafts/round-drafts.ts'
import { findRound } from '../../../db/queries/drafts/rounds.ts'
import { draftOf } from '../../../db/queries/drafts/units.ts'
import { Refused } from '../../../db/refused.ts'
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
