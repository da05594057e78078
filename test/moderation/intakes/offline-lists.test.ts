import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import {
  comments,
  intakeListEntries,
  intakeLists,
  intakes,
  log,
  submissions,
} from '../../../db/schema/index.ts'
import { readTable } from '../../../server/documents/reading/read-table.ts'
import { letterEntering } from '../../../server/jobs/intake-letters.ts'
import { listEnding, staleListDropping } from '../../../server/jobs/intake-lists.ts'
import { intakeColumns } from '../../../server/rules/intakes/intake-columns.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const lists = '/moderation/offline/lists'
const header = '来文文号,来源,收到日期,条款,意见类型,意见内容,姓名,联系方式'
const letters = [
  '老促函〔2026〕3号,来信,2026/11/20,（五）,修改,请写明铁路开工的时限,王秀英,13812345678',
  '老促函〔2026〕3号,,,（六）,赞成,这一条写得好，赞成,,',
  ',电话,2026-11-21,全文,疑问,什么时候开始实施？,,',
]
const csv = (lines: string[]) => Buffer.from([header, ...lines].join('\r\n'))

async function upload(content: Buffer, name = '来信登记.csv') {
  await moderator.get(lists)
  return moderator.send(`${lists}?consultation=shanxi-laoqu`, { name, content })
}

async function prepared(lines = letters): Promise<string> {
  const response = await upload(csv(lines))
  expect(response.statusCode, response.body).toBe(303)
  return String(response.headers.location)
}

async function confirm(address: string) {
  await moderator.get(address)
  return moderator.post(`${address}/start`, {})
}

const enterSome = () => doSome(portal.deps, letterEntering)

async function enterAll() {
  while ((await enterSome()) > 0);
  for (const kind of [listEnding, staleListDropping]) await doSome(portal.deps, kind)
}

test('a table is looked through, and entered once it is confirmed: letters, comments, receipts', async () => {
  const address = await prepared()
  const preview = await moderator.get(address)
  expect(preview.body).toContain('读到来文 <strong>2 份</strong>、意见 <strong>3 条</strong>')
  expect(preview.body).toContain('第 2、3 行 · 老促函〔2026〕3号 · 来信 · 2026-11-20 收到')
  await enterAll()
  expect(await portal.db.query.$count(submissions)).toBe(0)

  expect((await confirm(address)).statusCode).toBe(303)
  await enterAll()
  expect((await moderator.get(address)).body).toContain('来文 2 / 2 份')
  const rows = await portal.db.query.select().from(comments)
  // Letters of a list are stored beside one another, in no order.
  expect(rows.map(({ clause, stance }) => `${clause} ${stance}`).sort()).toEqual([
    'draft question',
    'p7 amend',
    'p8 support',
  ])
  const entered = await portal.db.query.select().from(intakes).orderBy(intakes.receivedOn)
  expect(entered).toMatchObject([
    { reference: '老促函〔2026〕3号', receivedOn: '2026-11-20', late: false, staffId: moderator.id },
    { reference: null, receivedOn: '2026-11-21' },
  ])
  expect(await wrongCounts(portal.db)).toEqual([])

  const receipts = await moderator.get(`${address}/receipts`)
  const code = /查询码<\/dt><dd><strong>([^<]+)/.exec(receipts.body)?.[1] ?? ''
  const status = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code }).toString(),
  })
  expect(status.body).toContain('请写明铁路开工的时限')
})

test('what a list holds is sealed until it is entered, and nothing of it is kept behind that; the log has no name', async () => {
  const address = await prepared()
  const held = JSON.stringify(await portal.db.query.select().from(intakeListEntries))
  expect(held).not.toMatch(/王秀英|13812345678|铁路/)
  await confirm(address)
  await enterAll()
  const left = await portal.db.query.select().from(intakeListEntries)
  expect(left.map(({ sealed }) => sealed)).toEqual([null, null])
  expect(JSON.stringify(await portal.db.query.select().from(log))).not.toMatch(/王秀英|138123/)
})

test('says once what is wrong with many rows, and behind it each by itself', async () => {
  const { body } = await upload(
    csv([
      ...Array.from({ length: 39 }, (_, i) => `${i}号,来信,2026-11-20,（五）,,请写明时限和单位,,`),
      '40号,来信,2026-11-20,（九十八）,修改,请写明时限和单位,,',
      '41号,来信,2026-11-20,（九十九）,修改,请写明时限和单位,,',
    ]),
  )
  expect(body).toContain('共 41 处')
  expect(body.match(/第 2–40 行：/g)).toHaveLength(1)
  expect(body).toContain('第 41、42 行：没有“…”这一条')
  expect(body).toMatch(/逐行查看<\/summary>.*第 42 行：没有“（九十九）”这一条/)
})

test('says what is wrong by row, and keeps nothing', async () => {
  const response = await upload(
    csv([
      ...letters,
      '9号,来信,2026-11-20,（九十九）,修改,请写明时限和单位,,',
      '10号,来信,去年,（五）,批评,短,,',
    ]),
  )
  expect(response.statusCode).toBe(422)
  for (const said of [
    '共 4 处',
    '第 5 行：没有“（九十九）”这一条',
    '第 6 行：意见类型“批评”不认得',
    '第 6 行：请填写收到日期',
    '第 6 行：意见内容至少 5 个字',
  ])
    expect(response.body).toContain(said)
  expect(await portal.db.query.$count(intakeLists)).toBe(0)
})

test.each([
  ['a column that is not known', Buffer.from(`${header},备注\r\n${letters[0]},很急`), '“备注”这一列不认得'],
  ['no table', Buffer.from('%PDF-1.7'), '这是 PDF'],
  ['an empty table', csv([]), '表格里没有意见'],
])('refuses %s', async (_name, content, said) => {
  const response = await upload(content)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
})

test('asks for a file, and for one that is not too large', async () => {
  await moderator.get(lists)
  expect((await moderator.post(lists, {})).statusCode).toBe(422)
  const response = await upload(Buffer.alloc(20 * 1024 * 1024 + 1, 0x20))
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('文件超过 20 MB')
})

test('the template is read back with every column, and a table saved from it in GB18030 is taken', async () => {
  const template = await moderator.get(`${lists}/template.xlsx`)
  expect(template.headers['content-disposition']).toContain('attachment')
  const [first] = await readTable(template.rawPayload, { rows: 10, columns: 40, characters: 10_000 })
  expect(first?.cells).toEqual(Object.values(intakeColumns).map(([name]) => name))
  const response = await upload(iconv.encode([header, ...letters].join('\r\n'), 'gb18030'))
  expect(response.statusCode).toBe(303)
})

test('confirming twice, or the same table again, stores nothing twice', async () => {
  const address = await prepared()
  await Promise.all([confirm(address), moderator.get(address)])
  expect((await confirm(address)).statusCode).toBe(303)
  await enterAll()
  const again = await prepared()
  expect((await moderator.get(again)).body).toContain('内容完全相同的表格已在')
  portal.clock.now = new Date(portal.clock.now.getTime() + 60_000)
  await confirm(again)
  await enterAll()
  expect(await portal.db.query.$count(submissions)).toBe(2)
  expect((await moderator.get(again)).body).toContain('来文 2 / 2 份')
  expect((await moderator.get(`${again}/receipts`)).body).toContain('老促函〔2026〕3号')
})

test('a list that is not wanted is dropped, one that is being entered is not, and one that is forgotten goes after a week', async () => {
  const dropped = await prepared()
  await moderator.get(dropped)
  expect((await moderator.post(`${dropped}/removal`, {})).statusCode).toBe(303)
  expect((await moderator.get(dropped)).statusCode).toBe(404)
  const entering = await prepared()
  await confirm(entering)
  await moderator.post(`${entering}/removal`, {})
  await enterAll()
  expect(await portal.db.query.$count(submissions)).toBe(2)
  const forgotten = await prepared([...letters, letters[2] ?? ''])
  portal.clock.now = new Date(portal.clock.now.getTime() + 8 * 24 * 3_600_000)
  await enterAll()
  moderator = await signIn(portal, 'moderator')
  expect((await moderator.get(forgotten)).statusCode).toBe(404)
  expect(await portal.db.query.$count(intakeLists)).toBe(1)
})

test('a list is its maker’s, and needs the role when it is confirmed', async () => {
  const address = await prepared()
  const other = await signIn(portal, 'moderator')
  expect((await other.get(address)).statusCode).toBe(404)
  await other.get(lists)
  expect((await other.post(`${address}/start`, {})).statusCode).toBe(404)
  const auditor = await signIn(portal, 'auditor')
  await auditor.get(lists)
  const content = csv(letters)
  expect((await auditor.send(lists, { name: 'a.csv', content })).statusCode).toBe(403)
  const approver = await signIn(portal, 'approver', 'auditor')
  await approver.get(lists)
  expect((await approver.send(lists, { name: 'a.csv', content })).statusCode).toBe(403)
})

test('many letters are entered by steps, each of which can be the last of its node', async () => {
  const many = Array.from(
    { length: 220 },
    (_, i) => `${i}号,来信,2026-11-20,（五）,修改,第 ${i} 封来信的意见内容,,`,
  )
  const address = await prepared(many)
  await confirm(address)
  await enterSome()
  expect((await moderator.get(address)).body).toContain('来文 50 / 220 份')
  await Promise.all([enterSome(), enterSome()])
  await enterAll()
  expect(await portal.db.query.$count(submissions)).toBe(220)
  expect(await wrongCounts(portal.db)).toEqual([])
})
