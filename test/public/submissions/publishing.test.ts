import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { raiseRevision } from '../../../db/queries/consultations/consultations.ts'
import { comments, consultations, submissions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { formFields, openForm, sendForm } from '../forms.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const base = '/consultations/shanxi-laoqu'
const stored = () => portal.db.query.$count(submissions)
const typed = async (body: string, fields: Record<string, string> = {}) => ({
  ...(await openForm(portal.app, 'p3')),
  'comments[0][stance]': 'amend',
  'comments[0][body]': body,
  ...fields,
})
const send = (fields: Record<string, string>) => sendForm(portal.app, `${base}/submissions`, fields)

async function policy(publicationPolicy: string): Promise<void> {
  const [row] = await portal.db.query.select().from(consultations)
  await portal.db.atomically((tx) => [
    tx
      .update(consultations)
      .set({ publicationPolicy })
      .where(eq(consultations.id, row?.id ?? '')),
    raiseRevision(tx, row?.id ?? ''),
  ])
}

test.each([
  ['as_decided', '工作人员审核通过以后就公开'],
  ['after_closing', '在征求意见截止（2026-12-23 23:59）以后统一公开'],
  ['outcome_only', '不逐条公开，在公布的结果里归纳说明'],
])('above the button it is said from when comments are public: %s', async (one, said) => {
  await policy(one)
  const form = (await portal.app.inject(`${base}/clauses/p3/comments/new`)).body
  const above = form.slice(form.indexOf('class="before-sending'), form.indexOf('class="send"'))
  expect(above).toContain(said)
  expect(above).toContain('仅供起草单位参考，不公开')
  expect(above).toContain('href="/privacy"')
  expect(above.includes('署名：')).toBe(one !== 'outcome_only')
})

test.each([
  [{}, '署名：不显示姓名。'],
  [{ name: '欧阳小明' }, '署名：<span lang="zh-CN">欧阳**</span>'],
  [{ name: '欧阳小明', show_name: '1' }, '署名：<span lang="zh-CN">欧阳小明</span>'],
])('the review says under which name: %o', async (fields, said) => {
  const { body } = await sendForm(portal.app, `${base}/review`, await typed('一条意见的内容。', fields))
  expect(body.replace(/\s*\n\s*/g, '')).toContain(said)
  expect(body).toContain('这次提交的 1 条意见审核后公开。')
})

test('a telephone number is pointed at before anything is stored, and taken out by a button', async () => {
  const fields = await typed('联系我 138 0000 1234，身份证 11010519491231002X。')
  const shown = await send(fields)
  expect([shown.statusCode, await stored()]).toEqual([200, 0])
  expect(shown.body).toContain('手机号 <strong>138 0000 1234</strong>')
  expect(shown.body).toContain('身份证号 <strong>11010519491231002X</strong>')
  const [first = ''] = shown.body.split('确认提交')
  const without = await sendForm(portal.app, `${base}/review`, { ...formFields(first), drop: '0' })
  expect(without.body).not.toContain('138 0000 1234')
  expect(without.body).toContain('身份证号 <strong>11010519491231002X</strong>')
  const sent = await send(formFields(without.body))
  expect(sent.statusCode).toBe(201)
  const [comment] = await portal.db.query.select().from(comments)
  expect(comment?.body).toBe('联系我 ，身份证 11010519491231002X。')
})

test('whoever means the number sends it on: nobody is refused, and programs are not asked', async () => {
  const fields = await typed('请打 13800001234 核实。')
  expect((await send(formFields((await send(fields)).body))).statusCode).toBe(201)
  const json = await portal.app.inject({
    method: 'POST',
    url: `${base}/submissions`,
    headers: { 'content-type': 'application/json', 'idempotency-key': 'a-program-with-a-number' },
    payload: { comments: [{ clause: 'p3', stance: 'amend', body: '请打 13800001234 核实。' }] },
  })
  expect(json.statusCode).toBe(201)
})

test.each(['按第12345号文件办理，拨打12345热线。', '自 20260101 起施行，共 13800 户。'])(
  'what is no person’s number is sent at once: %s',
  async (body) => {
    expect((await send(await typed(body))).statusCode).toBe(201)
  },
)

test.each(['99', 'x', '-1', ''])('a number that is not there is not taken out: %s', async (drop) => {
  const { statusCode, body } = await sendForm(portal.app, `${base}/review`, {
    ...(await typed('请打 13800001234。')),
    drop,
  })
  expect([statusCode, body]).toEqual([200, expect.stringContaining('请打 13800001234。')])
})
