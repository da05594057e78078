import { afterEach, beforeEach, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { revisedWordingsOf } from '../../../db/queries/wordings/revised-wordings.ts'
import { consultations } from '../../../db/schema/index.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { decided } from '../../public/decided.ts'
import { sendForm } from '../../public/forms.ts'
import { base, makeReady, type PutUp, publish, putUp, send, slug } from '../consultations/conducting.ts'

let portal: TestPortal
let people: PutUp
let consultation: Consultation
let code: string
let comment: string
const clause = `${base}/clauses/p3`
const old = '建设服务设施。每个社区至少建设一处养老服务站。服务站应当设在一层或者有电梯的楼层。'
const reworded = { text: old.replace('一处', '两处以上'), reason: '群众反映一处不够' }

beforeEach(async () => {
  portal = await buildTestApp()
  people = await putUp(portal)
  await makeReady(people)
  await publish(people)
  const sent = await portal.app.inject({
    method: 'POST',
    url: `/consultations/${slug}/submissions`,
    headers: { 'idempotency-key': 'one' },
    payload: { comments: [{ clause: 'p3', stance: 'amend', body: '一处服务站太少了，请增加。' }] },
  })
  code = sent.json().receipt?.code ?? sent.json().code
  comment = await decided(portal, '一处服务站太少了，请增加。', 'published')
  const found = await findConsultation(portal.db, slug)
  if (!found) throw new Error('the consultation is not there')
  consultation = found
  await people.drafter.get(clause)
})
afterEach(() => portal.close())

const propose = (fields: object = {}) => people.drafter.post(`${clause}/wording`, { ...reworded, ...fields })
const approve = () => people.approver.post(`${clause}/wording/approval`, {})

/** A wording that counts. */
async function reword(fields: object = {}): Promise<void> {
  await propose(fields)
  expect((await approve()).statusCode).toBe(303)
}

/** The answer that the receipt shows is approved. */
async function answer(): Promise<void> {
  const { db } = portal
  const target = { kind: 'reading' as const, filters: everything }
  const given = { outcome: 'adopted' as const, reason: '已增加。', summary: null }
  const { drafter, approver } = people
  const id = await draftResponse(db, consultation.id, target, given, {
    staffId: drafter.id,
    now: portal.clock.now,
  })
  await submitResponse(db, consultation.id, id, { staffId: drafter.id, now: portal.clock.now })
  await approveResponse(db, consultation.id, id, { staffId: approver.id, now: portal.clock.now })
}

test('revised wordings become the next round, whose comparison names the comments, and the receipt leads there', async () => {
  await reword({ comment })
  await answer()
  const receipt = () => sendForm(portal.app, '/receipts', { code })
  expect((await receipt()).body).not.toContain('您的意见改动了此处')

  const page = await people.drafter.get(`${base}/publication`)
  expect(page.body).toContain('用已修改的 1 条形成第 2 稿')
  const formed = await people.drafter.post(`${base}/rounds`, {})
  expect(formed.headers.location).toBe(`${base}/rounds/2/outline`)
  const outline = await people.drafter.get(`${base}/rounds/2/outline`)
  expect(outline.body).toContain('两处以上')
  const mapping = await people.drafter.get(`${base}/rounds/2/mapping`)
  expect(mapping.body.replace(/\s+/g, ' ')).toContain('<del>一</del><ins>两</ins>处<ins>以上</ins>')
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  expect((await publish(people)).statusCode).toBe(303)

  const { units } = (await portal.app.inject(`/consultations/${slug}/draft.json`)).json()
  expect(units.find(({ key }: { key: string }) => key === 'p3').text).toBe(reworded.text)
  const compared = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(compared.body).toContain('群众反映一处不够')
  expect(compared.body).toContain(`href="/consultations/${slug}/comments/${comment}">意见 1</a>`)
  const told = await receipt()
  expect(told.body).toContain('您的意见改动了此处')
  expect(told.body).toContain(`/consultations/${slug}/rounds/1/compare/2#p3`)
  expect(await revisedWordingsOf(portal.db, consultation.id)).toEqual([])
})

test('a clause that is all but rewritten keeps its key in the round that it becomes', async () => {
  await reword({ text: '街道负责统筹，县级人民政府给予补助，具体办法另行制定。' })
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  await publish(people)
  const { units } = (await portal.app.inject(`/consultations/${slug}/draft.json`)).json()
  expect(units.map(({ key }: { key: string | null }) => key)).toEqual([
    'p1',
    null,
    'p2',
    null,
    'p3',
    'p4',
    null,
    'p5',
  ])
})

test('the comparison names no comment that the public may not read', async () => {
  const hidden = await decided(portal, '一处服务站太少了，请增加。', 'withheld')
  await reword({ comment: hidden })
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  await publish(people)
  const compared = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(compared.body).toContain('不公开的意见 1 条')
  expect(compared.body).not.toContain(hidden)
})

test('where comments are not shown one by one the comparison names none', async () => {
  await reword({ comment })
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  await publish(people)
  await portal.db.query.update(consultations).set({ publicationPolicy: 'outcome_only', revision: 99 })
  const compared = await portal.app.inject(`/consultations/${slug}/rounds/1/compare/2`)
  expect(compared.body).toContain('群众反映一处不够')
  expect(compared.body).toContain('不公开的意见 1 条')
  expect(compared.body).not.toContain(comment)
})

test('the next round waits for a revised wording, and for the one that is not published yet', async () => {
  const early = await people.drafter.post(`${base}/rounds`, {})
  expect(early.statusCode).toBe(409)
  expect(early.body).toContain('还没有修改稿')
  await propose()
  expect((await people.drafter.post(`${base}/rounds`, {})).statusCode).toBe(409)
  expect((await people.drafter.get(`${base}/publication`)).body).toContain('1 条条款的修改稿没有批准')
  await approve()
  await people.drafter.post(`${base}/rounds`, {})
  const twice = await people.drafter.post(`${base}/rounds`, {})
  expect(twice.statusCode).toBe(409)
  expect(twice.body).toContain('还有一稿没有公布')
  expect((await people.approver.post(`${base}/rounds`, {})).statusCode).toBe(403)
})

test('a wording that changes nothing is refused, what was typed and ticked stays, and one is taken back', async () => {
  const same = await propose({ text: old, comment })
  expect(same.statusCode).toBe(422)
  expect(same.body).toContain('与原文相同，没有改动')
  expect((await people.drafter.post(`${clause}/wording/removal`, {})).statusCode).toBe(404)
  await propose({ comment })
  expect((await people.drafter.get(clause)).body).toContain('等待批准的修改稿')
  expect((await people.drafter.post(`${clause}/wording/removal`, {})).statusCode).toBe(303)
  expect((await people.drafter.get(clause)).body).not.toContain('等待批准的修改稿')
})

test('what was open when the next round went out is carried to it, with where it came from', async () => {
  const proposing = { clause: 'p2', stance: 'amend' }
  const bodies = ['还没有定的表述。', '已经用了的表述。']
  for (const [i, wording] of bodies.entries())
    await portal.app.inject({
      method: 'POST',
      url: `/consultations/${slug}/submissions`,
      headers: { 'idempotency-key': `open-${i}` },
      payload: { comments: [{ ...proposing, body: `请增加：${wording}`, wording }] },
    })
  await decided(portal, `请增加：${bodies[0]}`, 'published')
  const used = await decided(portal, `请增加：${bodies[1]}`, 'published')
  const other = `${base}/clauses/p2`
  const text = `发展目标。${bodies[1]}`
  await people.drafter.post(`${other}/wording`, { text, reason: '写明', comment: used })
  expect((await people.approver.post(`${other}/wording/approval`, {})).statusCode).toBe(303)
  await propose({ comment })
  await people.approver.post(`${clause}/wording/return`, { return_note: '再想想' })
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  await publish(people)

  const page = (await people.drafter.get(other)).body
  const [open = '', done = ''] = page.split('<article class="read-comment">').slice(1)
  expect(open).toContain('对第 1 稿提出，还没有定')
  expect(done).toContain('已用于第 1 稿的修改')

  const carried = (await people.drafter.get(clause)).body
  expect(carried).toContain('第 1 稿没有定的修改稿')
  expect(carried).toContain('退回：再想想')
  expect((await people.drafter.get(`${base}/wordings`)).body).toContain('（第 1 稿）')
  const [, id = ''] = /name="wording" value="([^"]+)"/.exec(carried) ?? []
  expect((await people.drafter.post(`${clause}/wording/renewal`, { wording: 'nothing' })).statusCode).toBe(
    404,
  )
  const renewed = await people.drafter.post(`${clause}/wording/renewal`, { wording: id })
  expect(renewed.statusCode).toBe(303)
  const again = (await people.drafter.get(clause)).body
  expect(again).toContain('等待批准的修改稿')
  expect(again).not.toContain('没有定的修改稿')
  expect(again).toContain(`value="${comment}" checked`)
  await approve()
  expect(await revisedWordingsOf(portal.db, consultation.id)).toMatchObject([
    { round: 2, text: reworded.text },
  ])
})

test('what waited of an earlier round is given up, and one is not carried where another waits', async () => {
  await propose()
  await people.drafter.post(`${base}/clauses/p2/wording`, { text: '发展目标。新的。', reason: '写明' })
  await people.approver.post(`${base}/clauses/p2/wording/approval`, {})
  await people.drafter.post(`${base}/rounds`, {})
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  await publish(people)
  const [, id = ''] = /name="wording" value="([^"]+)"/.exec((await people.drafter.get(clause)).body) ?? []
  await propose({ text: '本稿的写法。' })
  expect((await people.drafter.post(`${clause}/wording/renewal`, { wording: id })).statusCode).toBe(409)
  expect((await people.drafter.post(`${clause}/wording/removal`, { wording: id })).statusCode).toBe(303)
  const page = (await people.drafter.get(clause)).body
  expect(page).not.toContain('没有定的修改稿')
  expect(page).toContain('本稿的写法。')
})

test('a citation that leads elsewhere after clauses were put in is listed where the round is confirmed', async () => {
  const article = (number: string, text: string) => `第${number}条　${text}`
  const text = (articles: string[]) => ['关于养老的办法', '', ...articles].join('\n')
  const rest = [
    '为了养老，制定本办法。',
    '本办法适用于社区。',
    '依照第二条办理。',
    '前条所称办理，包括委托。',
  ]
  const numbers = ['一', '二', '三', '四', '五']
  const numbered = (all: string[]) => all.map((one, place) => article(numbers[place] ?? '', one))
  const imported = async (articles: string[]) =>
    send(people.drafter, `${base}/import`, { text: text(numbered(articles)) })
  await imported(rest)
  await send(people.drafter, `${base}/rounds/2/mapping`, {})
  expect((await publish(people)).statusCode).toBe(303)
  await imported([rest[0] ?? '', '政府应当统筹规划养老服务设施。', ...rest.slice(1)])
  const page = (await people.drafter.get(`${base}/rounds/3/mapping`)).body.replace(/<[^>]+>/g, '')
  expect(page).toContain('引用要核对的 1 处')
  expect(page).toMatch(/第四条里的“第二条”：原来指的是上一稿第二条，现在是第三条；现在照字面是第二条。/)
})
