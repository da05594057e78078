import { v7 as uuid } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { responses } from '../../../db/schema/index.ts'
import type { Outcome } from '../../../server/rules/answers/responses.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { aMember, type SignedIn, signIn, type TestMember } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
let approver: SignedIn
let writer: TestMember
let head: TestMember
const office = '/office/shanxi-laoqu'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  drafter = await signIn(portal, 'drafter')
  approver = await signIn(portal, 'approver')
  writer = await aMember(portal, 'drafter')
  head = await aMember(portal, 'approver')
  return portal
})
beforeEach(() => anewAfter())

/** An answer to comments with these words, in this state. Returns its id. */
async function answered(
  outcome: Outcome,
  reason: string,
  said: { body: string; clause?: string }[],
  state: 'draft' | 'submitted' | 'approved' = 'approved',
): Promise<string> {
  const { db, clock } = portal
  const ids = await say(
    db,
    consultation,
    said.map((one) => ({ ...amendment, ...one })),
  )
  const answer = { outcome, reason, summary: null }
  const by = { staffId: writer.id, now: clock.now }
  const id = await draftResponse(db, consultation.id, { kind: 'comments', ids }, answer, by)
  if (state !== 'draft') await submitResponse(db, consultation.id, id, by)
  if (state === 'approved')
    await approveResponse(db, consultation.id, id, { staffId: head.id, now: clock.now })
  return id
}

const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
/** What a page warns of, and where its links lead. */
async function warned(address: string, browser = drafter) {
  const { body } = await browser.get(address)
  const [banner = ''] = /<div class="banner warnings">[\s\S]*?<\/div>/.exec(body) ?? []
  return { said: text(banner), links: Array.from(banner.matchAll(/href="([^"]+)"/g), ([, href]) => href) }
}

const alike = '请写明贴息的时限和标准'

test('before an answer is approved it is said what does not go together, and nothing is barred', async () => {
  const first = await answered('adopted', '已写明三年。', [{ body: `${alike}。` }], 'submitted')
  expect((await warned(`${office}/responses/${first}`)).said).toContain('还没有修改稿')
  const second = await answered('not_adopted', '将认真研究。', [{ body: `${alike}！` }], 'submitted')
  const { said, links } = await warned(`${office}/responses/${second}`)
  expect(said).toContain(`差不多的意见得到了不同的答复：“${alike}！” 未采纳 、 采纳`)
  expect(said).toContain('“将认真研究。”：只是一句套话')
  expect(said).not.toContain('还没有修改稿')
  expect(links).toContain(`${office}/responses/${first}`)
  await approver.get(`${office}/responses/${second}`)
  expect((await approver.post(`${office}/responses/${second}/approval`, {})).statusCode).toBe(303)
  expect((await warned(`${office}/responses/${second}`)).said).toBe('')
})

test('what is unlike and has a reason is not warned of', async () => {
  await answered('adopted', '已写明三年。', [{ body: `${alike}。` }])
  const other = await answered('explained', '属于专项规划的内容。', [{ body: '完全是另一件事。' }], 'draft')
  expect((await warned(`${office}/responses/${other}`)).said).toBe('')
})

test('the outcome’s page lists by kind, with counts, what does not go together in all answers', async () => {
  const apart = [{ body: '建议建一处展馆并免费开放。' }, { clause: 'p9', body: '反对提高收费，应当听证。' }]
  const adopted = await answered('adopted', '已写明。', [
    { body: `${alike}。` },
    { body: `${alike}，谢谢。` },
  ])
  const refused = await answered('not_adopted', '另有规定。', [{ body: `${alike}！` }])
  const empty = await answered('explained', '我们会认真考虑。', [{ clause: 'p8', body: '路灯太暗。' }])
  const copied = await answered('explained', '按程序另行研究，并在实施细则中写明。', apart)
  const { said, links } = await warned(`${office}/outcome`, approver)
  expect(said).toContain('差不多的意见，采纳情况不同：1 处')
  expect(said).toContain('写的是采纳，条款却没有修改稿：1 处')
  expect(said).toContain('采纳或者部分采纳 2 条具体意见，条款还没有修改稿')
  expect(said).toContain('理由只是一句套话：1 处')
  expect(said).toContain('同一个理由用于不相干的意见：1 处')
  expect(said).toContain('既用于')
  for (const id of [adopted, refused, empty, copied]) expect(links).toContain(`${office}/responses/${id}`)
  expect(links).toContain(`${office}/clauses/p7`)
})

test('a clause that was reworded, and points of different clauses, are not warned of', async () => {
  await answered('adopted', '已写明。', [{ body: `${alike}。` }])
  await answered('not_adopted', '另有规定。', [{ clause: 'p8', body: `${alike}！` }])
  await drafter.get(`${office}/clauses/p7`)
  await drafter.post(`${office}/clauses/p7/wording`, { text: '改写。', reason: '写明时限。' })
  expect((await warned(`${office}/outcome`)).said).toBe('')
})

test('the same reason for what says the same is no copy', async () => {
  for (const clause of ['p7', 'p8'])
    await answered('explained', '见起草说明第三部分。', [{ clause, body: alike }])
  expect((await warned(`${office}/outcome`)).said).toBe('')
})

test('more than a few of one kind stand on a page of their own', async () => {
  for (let place = 0; place < 6; place += 1) {
    const body = `第${place}处写明时限`.repeat(3)
    await answered('explained', '见说明。', [{ body: `${body}。` }])
    await answered('not_adopted', '不能。', [{ body: `${body}！` }])
  }
  const { said, links } = await warned(`${office}/outcome`)
  expect(said).toContain('差不多的意见，采纳情况不同：6 处')
  expect(said.match(/得到了不同的答复/g)).toHaveLength(5)
  expect(links).toContain(`${office}/warnings#contradiction`)
  const { body } = await drafter.get(`${office}/warnings`)
  expect(body.match(/得到了不同的答复/g)).toHaveLength(6)
  expect(text(body)).toContain('最近的 12 份')
  expect(body).not.toContain('提醒不全')
})

test('before many are approved at once it is said what does not go together in them', async () => {
  const first = await answered('adopted', '已写明。', [{ body: `${alike}。` }], 'submitted')
  const second = await answered('not_adopted', '认真研究吸纳', [{ body: `${alike}！` }], 'submitted')
  await approver.get(`${office}/responses?state=submitted`)
  const shown = await approver.post(`${office}/responses/bulks`, {
    act: 'approve',
    response: [first, second],
  })
  expect(text(shown.body)).toContain('差不多的意见，采纳情况不同：1 处')
  expect(text(shown.body)).toContain('理由只是一句套话：1 处')
  expect(text(shown.body)).toContain('条款还没有修改稿')
  const returned = await approver.post(`${office}/responses/bulks`, {
    act: 'return',
    response: [first, second],
  })
  expect(returned.body).not.toContain('请再看一眼')
})

test('it is said where not all answers were compared, and the others are a link away', async () => {
  const { db, clock } = portal
  await answered('explained', '我们会认真考虑。', [{ body: '路灯太暗。' }])
  const row = {
    ...{
      consultationId: consultation.id,
      outcome: 'explained',
      summary: null,
      campaignId: null,
      concernId: null,
    },
    ...{ state: 'approved', draftedBy: writer.id, submittedAt: clock.now, approvedBy: head.id },
    ...{ approvedAt: clock.now, returnNote: null, createdAt: clock.now },
  }
  await db.query
    .insert(responses)
    .values(Array.from({ length: 500 }, (_, place) => ({ ...row, id: uuid(), reason: `见第${place}页。` })))
  const first = (await drafter.get(`${office}/outcome`)).body
  expect(first).not.toContain('套话')
  expect(text(first)).toContain('提醒不全：只比较了最近的 500 份答复。')
  const [, older = ''] = /href="([^"]+\/warnings\?before=[^"]+)"/.exec(first) ?? []
  const { body } = await drafter.get(older)
  expect(text(body)).toContain('理由只是一句套话：1 处')
  expect(text(body)).toContain('更早的 1 份')
  expect(body).not.toContain('提醒不全')
})
