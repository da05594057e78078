import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addUnitOpinion } from '../../../db/queries/answers/unit-opinions.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { procedureStepsOf } from '../../../db/queries/outcomes/procedure-steps.ts'
import { clausePlaces } from '../../../server/documents/papers/clause-places.ts'
import { findPaper } from '../../../server/documents/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { allText, part, unzip, wordTables } from '../../documents/papers/read-back.ts'
import { meanwhile } from '../../meanwhile.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let drafter: SignedIn
const procedure = '/office/shanxi-laoqu/procedure'

beforeAll(async () => {
  portal = await buildTestApp()
  drafter = await signIn(portal, 'drafter')
  await drafter.get(procedure)
  await drafter.post(procedure, {
    step: '合法性审查',
    held_on: '2026-12-20',
    document_number: '晋司审〔2026〕8号',
  })
})
afterAll(() => portal.close())

/** Sends a file as a browser does. */
function send(name: string, content: string | Buffer, step = '', by = drafter) {
  const field = (key: string, value: string) =>
    `--b\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`
  const head = `${field('_csrf', by.csrf)}${field('step', step)}--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return portal.app.inject({
    method: 'POST',
    url: `${procedure}/files`,
    headers: { cookie: by.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    payload: Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--b--\r\n')]),
  })
}

const stepId = async () => /name="step" value="([^"]+)"/.exec((await drafter.get(procedure)).body)?.[1] ?? ''

async function dossier() {
  const { db, deps } = portal
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  if (!consultation) return expect.unreachable('the seed is not there')
  const file = await findPaper('dossier', 'zip', 'internal')?.make({
    db,
    seals: deps.seals,
    consultation,
    places: await clausePlaces(db, consultation.id),
    scope: 'internal',
    filters: everything,
    header: 'zh',
    now: portal.clock.now,
    origin: '',
    dataDir: deps.config.dataDir,
    read: () => {},
    marked: () => {},
  })
  return unzip(file ? await buffer(file) : Buffer.alloc(0))
}

test('a file of a step and a 依据 are kept as they were sent, and come out in the folder', async () => {
  const content = Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 255])
  const step = await stepId()
  expect((await send('意见书.pdf', content, step)).statusCode).toBe(303)
  expect((await send('意见书.pdf', '另一份', step)).statusCode).toBe(303)
  expect((await send('..\\..\\条例:一.pdf', '依据')).statusCode).toBe(303)
  const page = await drafter.get(procedure)
  const address = /href="([^"]+\/files\/[^"]+)" download>意见书.pdf/.exec(page.body)?.[1] ?? ''
  const sent = await drafter.get(address)
  expect(sent.rawPayload.equals(content)).toBe(true)
  expect(sent.headers['content-disposition']).toContain('attachment')

  const files = await dossier()
  expect(part(files, '5 程序台账/1 合法性审查/意见书.pdf').equals(content)).toBe(true)
  expect(part(files, '5 程序台账/1 合法性审查/意见书（2）.pdf').toString()).toBe('另一份')
  expect(part(files, '6 依据/条例_一.pdf').toString()).toBe('依据')
})

test('the folder has the papers that the procedure asks for, and says what is missing', async () => {
  const { db } = portal
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  const letter = { letterNumber: null, sentOn: '2026-11-20', dueOn: null, repliedOn: '2026-11-22' }
  const positions = { unitPosition: '应由财政承担', officePosition: '由各单位承担', unresolved: true }
  const opinion = { unit: '省财政厅', ...letter, reply: 'opinion', ...positions }
  await addUnitOpinion(db, consultation?.id ?? '', opinion, { staffId: drafter.id, now: portal.clock.now })
  const files = await dossier()
  for (const name of [
    '1 草案/决策草案.docx',
    '1 草案/修改对照表.docx',
    '1 草案/修改依据表.docx',
    '2 起草说明/起草说明.docx',
    '3 部门意见/部门意见汇总表.docx',
    '4 公众意见/公开征求意见情况说明.docx',
    '4 公众意见/意见采纳情况表.docx',
    '4 公众意见/意见汇总表.docx',
    '5 程序台账/程序台账.docx',
    '5 程序台账/审查意见处理情况表.docx',
  ]) {
    expect([name, files.has(name)]).toEqual([name, true])
  }
  const explanation = await allText('x.docx', part(files, '2 起草说明/起草说明.docx'))
  expect(explanation).toContain('一、起草背景')
  expect(explanation).toContain('四、征求意见情况')
  expect(explanation).toMatch(/1\. 征求意见的情况[\s\S]*共收到意见0条[\s\S]*2\. 意见的研究采纳情况/)
  expect(explanation).toContain('与省财政厅未协调一致。对方意见：应由财政承担')
  const [units] = await wordTables(part(files, '3 部门意见/部门意见汇总表.docx'))
  expect(units?.[0]?.at(-1)).toBe('对方：应由财政承担\n我方：由各单位承担')
  const [kept] = await wordTables(part(files, '5 程序台账/程序台账.docx'))
  expect(kept?.map((row) => row[1])).toEqual(['公众参与', '合法性审查'])
  const [contents] = await wordTables(part(files, '材料目录.docx'))
  expect(contents?.find(([, name]) => name === '起草说明')?.slice(2)).toEqual([
    ...['2 起草说明/起草说明.docx', '还没有认定', '', ''],
  ])
  expect(contents?.find(([, name]) => name === '会签文件')?.slice(2, 4)).toEqual(['没有文件', '还没有认定'])
})

test.each([
  ['病毒.exe', 'x', '请上传这些格式的文件'],
  ['空.pdf', '', '文件是空的'],
])('%s is not taken', async (name, content, said) => {
  const { statusCode, body } = await send(name, content)
  expect([statusCode, body.includes(said)]).toEqual([422, true])
})

test('a file can be removed, once, and by the office alone', async () => {
  await send('错传.pdf', 'x')
  const { body } = await drafter.get(procedure)
  const address = /href="([^"]+\/files\/[^"]+)" download>错传.pdf/.exec(body)?.[1] ?? ''
  const department = await signIn(portal, 'department')
  await department.get('/staff/account')
  expect((await department.post(`${address}/removal`, {})).statusCode).toBe(403)
  expect((await send('外来.pdf', 'x', '', department)).statusCode).toBe(403)
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(404)
  expect((await drafter.get(address)).statusCode).toBe(404)
})

test('a step can be changed, and removed once it has no files', async () => {
  await drafter.post(procedure, { step: '专家论证', held_on: '2026-12-01', document_number: '', note: '' })
  const { body } = await drafter.get(procedure)
  const [, address = ''] = /专家论证[\s\S]*?action="([^"]+)\/removal"/.exec(body) ?? []
  const id = address.split('/').at(-1) ?? ''
  const form = await drafter.get(`${procedure}?step=${id}`)
  expect(form.body).toContain('value="2026-12-01"')
  const typed = {
    step: '专家论证',
    held_on: '2026-12-02',
    document_number: '晋专〔2026〕3号',
    note: '七位专家',
    revision: '1',
  }
  const wrong = await drafter.post(address, { ...typed, held_on: '明天' })
  expect([wrong.statusCode, wrong.body.includes('七位专家'), wrong.body.includes('保存修改')]).toEqual([
    422,
    true,
    true,
  ])
  expect((await drafter.post(address, typed)).statusCode).toBe(303)
  expect((await drafter.get(procedure)).body).toMatch(/<td>2026-12-02<\/td>\s*<td>晋专〔2026〕3号<\/td>/)

  await send('论证意见.pdf', 'x', id)
  const refused = await drafter.post(`${address}/removal`, {})
  expect([refused.statusCode, refused.body.includes('请先删除附件')]).toEqual([409, true])
  const [, file = ''] =
    /action="([^"]+\/files\/[^"]+\/removal)"[^>]*>[\s\S]{0,200}论证意见/.exec(refused.body) ?? []
  expect((await drafter.post(file, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(303)
  expect((await drafter.post(`${address}/removal`, {})).statusCode).toBe(404)
  expect((await drafter.get(procedure)).body).not.toContain('晋专〔2026〕3号')
})

test('who only reads is shown no forms', async () => {
  const auditor = await signIn(portal, 'auditor')
  const { body } = await auditor.get(procedure)
  expect(body).toContain('合法性审查')
  expect(body).not.toContain('<button>上传')
  expect(body).not.toContain('登记一个环节')
})

test('a step that two remove at once is said to be gone, not to have files', async () => {
  await drafter.post(procedure, { step: '决策启动', held_on: '2026-12-21' })
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  const steps = await procedureStepsOf(portal.db, consultation?.id ?? '')
  const removal = `${procedure}/${steps.find(({ step }) => step === '决策启动')?.id}/removal`
  meanwhile(portal.db, () => drafter.post(removal, {}))
  const removed = await drafter.post(removal, {})
  expect(removed.statusCode).toBe(404)
  expect(removed.body).toContain('这项内容已经不在了')
})
