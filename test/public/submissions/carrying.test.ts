import { afterAll, beforeAll, expect, test } from 'vitest'
import { longestBody } from '../../../server/rules/submissions/comment-form.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { formFields, sendForm } from '../forms.ts'
import { sendParts } from '../sent-files.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const base = '/consultations/shanxi-laoqu'
const typed = {
  all: '1',
  'comments[0][clause]': 'draft',
  'comments[0][stance]': 'question',
  'comments[0][body]': '对整个草案的一点疑问。\n第二行也要在。',
  'comments[1][clause]': 'p3',
  'comments[1][stance]': 'support',
  'comments[2][clause]': 'p3',
  'comments[2][stance]': 'amend',
  'comments[2][body]': '长'.repeat(longestBody),
  'comments[2][quote]': '推进特优农业提质增效。',
  'comments[2][proposal]': 'insert_after',
  'comments[2][wording]': '鼓励返乡创业。',
  'comments[3][clause]': 'p10',
  'comments[3][stance]': 'oppose',
  'comments[3][body]': '这一条不需要单独规定。',
  'comments[3][proposal]': 'delete',
  name: '欧阳小明',
  show_name: '1',
  region: '长治市武乡县',
  contact: 'ouyang@example.cn',
  visibility: 'office',
}
const save = () => sendForm(portal.app, `${base}/feedback-form.docx`, typed)
const read = (content: Buffer, fields: Record<string, string> = {}) =>
  sendParts(
    portal.app,
    `${base}/comments/new`,
    { all: '1', join: '1', ...fields },
    [['我的意见.docx', content]],
    'file',
  )

test('what was typed goes to another device as a file, and is all there', async () => {
  const saved = await save()
  expect([saved.statusCode, saved.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(decodeURIComponent(String(saved.headers['content-disposition']))).toContain('我的意见.docx')
  const page = await read(saved.rawPayload)
  expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('从意见反馈表读到 4 条意见')])
  expect(page.body).not.toContain('请留意下列内容')
  const reviewed = await sendForm(portal.app, `${base}/review`, fieldsIn(page.body))
  const fields = formFields(reviewed.body)
  for (const [name, value] of Object.entries(typed)) {
    if (name !== 'all') expect(fields[name], name).toBe(value)
  }
})

test('what is read joins what is there, nothing twice; what was said of oneself stays', async () => {
  const { rawPayload } = await save()
  const there = {
    'comments[0][clause]': 'p10',
    'comments[0][stance]': 'oppose',
    'comments[0][body]': '这一条不需要单独规定。',
    'comments[0][proposal]': 'delete',
    'comments[1][clause]': 'p5',
    'comments[1][stance]': 'amend',
    'comments[1][body]': '已经写在这台设备上的一条。',
    name: '赵大',
  }
  const page = await read(rawPayload, there)
  const fields = formFields((await sendForm(portal.app, `${base}/review`, fieldsIn(page.body))).body)
  const bodies = Object.keys(fields).filter((name) => name.endsWith('[stance]'))
  expect([bodies.length, fields.name, fields.contact]).toEqual([5, '赵大', undefined])
})

test.each([
  ['no file', null, '请先选择填好的意见反馈表，再上传。'],
  ['no Word file', Buffer.from('x'), '这个文件不是意见反馈表'],
])('%s is told so, and what was typed stays', async (_, content, said) => {
  const fields = { 'comments[0][clause]': 'p3', 'comments[0][body]': '写下的内容还在。' }
  const sent = content
    ? await read(content, fields)
    : await sendForm(portal.app, `${base}/comments/new`, { all: '1', join: '1', ...fields })
  expect([sent.statusCode, sent.body]).toEqual([422, expect.stringContaining(said)])
  expect(sent.body).toContain('写下的内容还在。</textarea>')
})

/** What a browser would send of a form with areas and lists. */
function fieldsIn(html: string): Record<string, string> {
  const areas = [...html.matchAll(/<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)<\/textarea>/g)]
  const chosen = [...html.matchAll(/<select[^>]*? name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name, options = '']) => [
      name,
      /<option value="([^"]*)" selected/.exec(options)?.[1] ??
        /<option selected>([^<]*)/.exec(options)?.[1] ??
        '',
    ],
  )
  return {
    ...formFields(html),
    ...Object.fromEntries(areas.map(([, name, text]) => [name, text])),
    ...Object.fromEntries(chosen),
  }
}
