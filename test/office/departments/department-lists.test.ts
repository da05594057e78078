import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { departmentsOf } from '../../../db/queries/departments/departments.ts'
import { departmentReplies, log } from '../../../db/schema/index.ts'
import { writeXlsx } from '../../../server/documents/formats/xlsx.ts'
import { readTable } from '../../../server/documents/reading/read-table.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
let at = ''
let ids: string[]
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const said = ['甲说的', '=1+1 乙说的', '丙说的', '丁说的，电话13812345678'].map((body, n) => ({
    ...amendment,
    ...{ clause: 'p3', body, state: n === 3 ? 'withheld' : 'published' },
  }))
  ids = await say(portal.db, consultation, [
    ...said,
    { ...amendment, clause: 'p3', state: 'refused', body: '广告' },
  ])
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/departments`)
  await drafter.post(`${office}/departments`, { name: '省财政厅' })
  const [unit] = await departmentsOf(portal.db, consultation.id)
  at = `${office}/departments/${unit?.id}/list`
  await drafter.post(`${office}/departments/${unit?.id}/clauses`, { clause: 'p3' })
})
afterAll(() => portal.close())

const limits = { rows: 100, columns: 20, characters: 100_000 }
const exported = async () => readTable((await drafter.get(`${at}.xlsx`)).rawPayload, limits)
const kept = () => portal.db.query.select().from(departmentReplies)

/** The list as it went out, with the two columns filled in by the comment's public id. */
async function filled(answers: Record<string, [string, string]>, more: string[][] = []): Promise<Buffer> {
  const [header, ...rows] = await exported()
  const lines = rows.map(({ cells }) => {
    const said = answers[cells[0]?.split('.')[1] ?? ''] ?? ['', '']
    return [...cells.slice(0, 5), ...said]
  })
  const columns = (header?.cells ?? []).map((name) => ({ header: name, width: 10 }))
  const chunks: Buffer[] = []
  const sheet = { name: '待答复意见清单', columns, rows: [...lines, ...more], frozenColumns: 0 }
  for await (const chunk of writeXlsx([sheet])) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('the list goes out with ids, without names or what was refused, and that stands in the log', async () => {
  const rows = await exported()
  expect(rows[0]?.cells).toEqual([
    ...['编号（请勿改动）', '类别', '条款', '条款原文', '意见内容', '采纳情况', '理由'],
  ])
  const text = JSON.stringify(rows)
  for (const id of ids.slice(0, 4)) expect(text).toContain(`comment.${id}`)
  for (const hidden of ['广告', '13812345678', '金丝雀']) expect(text).not.toContain(hidden)
  expect(text).toContain('推进特优农业')
  const docx = await drafter.get(`${at}.docx`)
  expect([docx.statusCode, docx.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
  const acts = await portal.db.query.select().from(log)
  expect(acts.filter(({ act }) => act === 'paper.take').map(({ detail }) => detail)).toEqual([
    { kind: 'reply_list', format: 'xlsx' },
    { kind: 'reply_list', format: 'docx' },
  ])
})

test('what came back is read by its ids; nothing is guessed, and nothing kept before it was confirmed', async () => {
  const [first = '', second = '', third = ''] = ids
  const content = await filled(
    { [first]: ['采纳', '拟写明。'], [second]: ['基本采纳', '差不多'], [third]: ['', '只写了理由'] },
    [
      [`comment.${first}`, '', '', '', '', '未采纳', '又写一行'],
      ['comment.no-such-thing', '', '', '', '', '采纳', '不知是哪条'],
      ['', '', '', '', '甲说的', '采纳', '没有编号'],
    ],
  )
  await drafter.get(at)
  const read = await drafter.send(at, { name: '清单.xlsx', content })
  expect(read.statusCode, read.body).toBe(200)
  const plain = read.body.replace(/<[^>]+>/g, '').replace(/\s*\n\s*/g, '')
  expect(plain).toContain('读出 1 条答复意见，对不上的 5 行，没有填写的 1 行。还没有保存。')
  for (const why of [
    '采纳情况请填：采纳、部分采纳、未采纳、已作说明',
    '同一编号前面已经有一行',
    '编号不在本单位待答复的清单里',
    '没有编号',
  ])
    expect(plain).toContain(why)
  expect(await kept()).toEqual([])

  const rows = unescaped(/name="rows" value="([^"]+)"/.exec(read.body)?.[1] ?? '')
  const bare = await drafter.post(`${at}/entries`, { rows, letter_on: '2026-11-24' })
  expect([bare.statusCode, bare.body.includes('请填写函号'), bare.body.includes('拟写明。')]).toEqual([
    422,
    true,
    true,
  ])
  const letter = { letter_number: '晋财函〔2026〕9号', letter_on: '2026-11-24' }
  const forged = rows.replace(`comment.${first}`, `comment.${ids[4]}`)
  expect((await drafter.post(`${at}/entries`, { rows: forged, ...letter })).statusCode).toBe(422)
  expect((await drafter.post(`${at}/entries`, { rows: '[{"row":', ...letter })).statusCode).toBe(422)
  expect(await kept()).toEqual([])
  expect((await drafter.post(`${at}/entries`, { rows, ...letter })).statusCode).toBe(303)
  expect(await kept()).toMatchObject([
    { target: first, outcome: 'adopted', reason: '拟写明。', state: 'confirmed' },
  ])
  const twice = await drafter.post(`${at}/entries`, { rows, ...letter })
  expect([twice.statusCode, twice.body.includes('情况有变化')]).toEqual([422, true])
  expect((await exported()).map(({ cells }) => cells[0])).not.toContain(`comment.${first}`)
  expect((await drafter.get(`${office}/responses/new?comment=${first}`)).body).toContain('晋财函〔2026〕9号')
})

test.each([
  ['', '文件是空的'],
  ['%PDF-1.7', '这是 PDF'],
  ['随便什么,几列\n1,2', '表格里没有“编号”'],
  ['PK\u0003\u0004坏的', '表格读不出来'],
])('a file that is no list is refused with what to do: %j', async (content, said) => {
  await drafter.get(at)
  const { statusCode, body } = await drafter.send(at, { name: '清单.xlsx', content: Buffer.from(content) })
  expect([statusCode, body.includes(said)]).toEqual([422, true])
})

test('a department and an auditor store nothing by a list', async () => {
  for (const role of ['department', 'auditor'] as const) {
    const person = await signIn(portal, role)
    await person.get('/staff/account')
    expect((await person.post(`${at}/entries`, {})).statusCode, role).toBe(403)
  }
  expect((await drafter.get(`${office}/departments/nobody/list`)).statusCode).toBe(404)
  expect((await drafter.get(`${office}/departments/nobody/list.xlsx`)).statusCode).toBe(404)
})

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
}
