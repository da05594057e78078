import { desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { comments, intakes, points, submissions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeAll(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const letter = {
  channel: 'letter',
  received_on: '2026-11-20',
  reference: '老促函〔2026〕3号',
  comments: [
    { clause: 'p7', stance: 'amend', body: '来信建议把护工培训写进去', wording: '加强护工培训' },
    { clause: 'p8', stance: 'support', body: '来信赞成这一条的写法' },
    { clause: '', stance: '', body: '', wording: '' },
  ],
  name: '王秀英',
}

async function enter(fields: object) {
  await moderator.get('/moderation/offline')
  return moderator.post('/moderation/offline?consultation=shanxi-laoqu', fields)
}

test('one letter is one submission, with its number, day and a receipt that its author can use', async () => {
  const response = await enter({ ...letter, key: 'one' })
  expect(response.statusCode, response.body).toBe(201)
  const code = /id="receipt-code">([^<]+)</.exec(response.body)?.[1] ?? ''
  const status = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code }).toString(),
  })
  expect(status.body).toContain('来信建议把护工培训写进去')
  const [submission] = await portal.db.query.select().from(submissions).orderBy(desc(submissions.id))
  expect(submission).toMatchObject({ channel: 'letter', maskedName: '王**' })
  const [intake] = await portal.db.query.select().from(intakes).orderBy(desc(intakes.submissionId))
  expect(intake).toMatchObject({ reference: '老促函〔2026〕3号', late: false, staffId: moderator.id })
  expect((await moderator.get('/moderation')).body).toContain('来信建议把护工培训写进去')
  expect((await moderator.get('/moderation/offline')).body).toContain('老促函〔2026〕3号')
})

test('a letter of more comments gets more room, and loses nothing by it', async () => {
  const response = await enter({ ...letter, more: 'yes' })
  expect(response.statusCode).toBe(200)
  expect(response.body).toContain('来信赞成这一条的写法')
  expect(response.body).toContain('第 4 条意见')
  expect(response.body).not.toContain('没有录入')
})

test('anchors are those of the form on the web: the words that are meant, and what is proposed', async () => {
  const part = { clause: 'p7', stance: 'amend', body: '这几个字可以不要', quote: '主动融入京津冀协同发展' }
  const wrong = await enter({ ...letter, comments: [{ ...part, quote: '没有这几个字' }] })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('引用的句子不在这一条里')
  await enter({ ...letter, key: 'quoted', comments: [{ ...part, proposal: 'delete' }] })
  const [comment] = await portal.db.query.select().from(comments).where(eq(comments.body, part.body))
  expect(comment).toMatchObject({ proposal: 'delete', wording: null, quote: { exact: part.quote } })
})

test('minutes of a meeting are one submission with the number present, and what each said is a point from the start', async () => {
  const said = '张三：请写明贴息期限。\n\n  李四：请将“一处”修改为“两处”。\r\n王五：𠮷县也要修路。'
  const minutes = { channel: 'meeting', received_on: '2026-11-20', present: '24', parted: 'yes', name: '' }
  const parts = [
    { clause: 'draft', stance: 'amend', body: said },
    { clause: 'p8', stance: 'support', body: '全体赞成第八条。' },
  ]
  expect((await enter({ ...minutes, comments: parts, key: 'minutes' })).statusCode).toBe(201)
  expect((await moderator.get('/moderation/offline')).body).toContain('座谈会（24 人到会）')
  const [intake] = await portal.db.query.select().from(intakes).orderBy(desc(intakes.submissionId))
  expect(intake).toMatchObject({ present: 24 })
  const own = await portal.db.query
    .select()
    .from(comments)
    .where(eq(comments.submissionId, intake?.submissionId ?? ''))
    .orderBy(comments.number)
  const [whole, short] = own
  const found = await portal.db.query
    .select()
    .from(points)
    .where(eq(points.commentId, whole?.id ?? ''))
    .orderBy(points.start)
  expect(found.map(({ start, end }) => [...(whole?.body ?? '')].slice(start, end).join(''))).toEqual(
    said.split(/\s+/),
  )
  // What may propose a wording is found by this among the points of a clause.
  expect(found.slice(1).map(({ proposes }) => proposes)).toEqual([true, false])
  expect(found[0]).toMatchObject({ kind: 'point', clause: 'draft', stance: 'amend', markedBy: moderator.id })
  expect(await portal.db.query.$count(points, eq(points.commentId, short?.id ?? ''))).toBe(0)
  expect(await wrongCounts(portal.db)).toEqual([])
  const ruling = { admission: 'admitted', publication: 'published', version: '1' }
  expect((await moderator.post(`/moderation/comments/${whole?.publicId}/decision`, ruling)).statusCode).toBe(
    303,
  )
  const drafter = await signIn(portal, 'drafter')
  await everybodyCounts(drafter)
  const list = await drafter.get('/office/shanxi-laoqu/points?clause=draft')
  for (const name of ['张三', '李四', '王五']) expect(list.body).toContain(name)
  expect((await drafter.get('/office/shanxi-laoqu/splits')).body).toContain('没有待梳理的意见')
  expect(await wrongCounts(portal.db)).toEqual([])
})

/** One meeting is one 件 of as many 人次 as were present, wherever the office counts people. */
async function everybodyCounts(drafter: SignedIn): Promise<void> {
  const sent = await portal.db.query.$count(submissions)
  const people = sent + 23
  const textOf = async (path: string) =>
    (await drafter.get(`/office/shanxi-laoqu${path}`)).body
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  expect(await textOf('')).toContain(`${sent} 件，${people} 人次`)
  expect(await textOf('/figures')).toContain('座谈会 2 1 24 0')
  expect(await textOf('/outcome')).toContain(`（${sent}件，${people}人次）`)
}

test('only a meeting has a number of people present', async () => {
  for (const [fields, wrong] of [
    [{ channel: 'letter', present: '24' }, '只有座谈会填到会人数'],
    [{ channel: 'meeting', present: '二十' }, '到会人数请填数字'],
  ] as const) {
    const refused = await enter({ ...letter, ...fields })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain(wrong)
  }
})

test('who fills in for one neighbour after another need not say again how and when', async () => {
  const fields = { ...letter, key: 'neighbour', channel: 'in_person', on_behalf: 'yes' }
  const receipt = await enter(fields)
  const again =
    /href="(\/moderation\/offline\?[^"]+)"/.exec(receipt.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const next = await moderator.get(again)
  expect(next.body).toMatch(/value="in_person" selected/)
  expect(next.body).toMatch(/name="on_behalf" value="yes" checked/)
  expect(next.body).toContain('value="2026-11-20"')
  expect(next.body).not.toContain('王秀英')
})

test('the same form sent twice is stored once', async () => {
  const before = await portal.db.query.$count(comments)
  await enter({ ...letter, key: 'two' })
  expect((await enter({ ...letter, key: 'two' })).statusCode).toBe(201)
  expect(await portal.db.query.$count(comments)).toBe(before + 2)
  expect((await enter({ ...letter, key: 'two', name: '别人' })).statusCode).toBe(409)
})

test('after closing, what was postmarked before counts, and the rest is late', async () => {
  portal.clock.now = new Date('2027-01-10T02:00:00Z')
  moderator = await signIn(portal, 'moderator')
  await enter({ ...letter, key: 'three', received_on: '2026-12-23' })
  await enter({ ...letter, key: 'four', received_on: '2026-12-24' })
  const rows = await portal.db.query.select().from(intakes)
  expect(rows.filter(({ receivedOn }) => receivedOn === '2026-12-23')).toMatchObject([{ late: false }])
  expect(rows.filter(({ receivedOn }) => receivedOn === '2026-12-24')).toMatchObject([{ late: true }])
})

test.each([
  ['no channel', { channel: '' }, '请选择来源'],
  ['a channel of the prototype', { channel: 'constructor' }, '请选择来源'],
  ['a day that is none', { received_on: '2026-02-31' }, '请填写收到日期'],
  ['tomorrow', { received_on: '2099-01-01' }, '收到日期不能晚于今天'],
  ['no comment', { comments: [] }, '请填写意见内容'],
  [
    'a comment of blanks',
    { comments: [{ clause: 'p7', stance: 'amend', body: '      ' }] },
    '请填写意见内容',
  ],
  ['an unknown clause', { comments: [{ clause: 'p99', stance: 'amend', body: '建议修改' }] }, '没有这一条'],
  ['a NUL', { reference: 'a\0' }, '来文文号里有无法保存的字符'],
])('gives %s back with what is wrong, and everything typed', async (_name, fields, said) => {
  const response = await enter({ ...letter, ...fields })
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
  expect(response.body).toContain('value="王秀英"')
})

test('is closed to who may not enter comments', async () => {
  const auditor = await signIn(portal, 'auditor')
  await auditor.get('/moderation/offline')
  expect((await auditor.post('/moderation/offline', letter)).statusCode).toBe(403)
  const approver = await signIn(portal, 'approver', 'auditor')
  await approver.get('/moderation/offline')
  expect((await approver.post('/moderation/offline', letter)).statusCode).toBe(403)
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get('/moderation/offline')).statusCode).toBe(403)
})
