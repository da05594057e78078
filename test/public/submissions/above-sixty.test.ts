import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../../db/schema/index.ts'
import { readDocument } from '../../../server/documents/reading/read-document.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { formFields, openForm, sendForm } from '../forms.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

const base = '/consultations/shanxi-laoqu'
const bodyOf = (place: number) => `律师的第 ${place + 1} 条意见。`
const codeIn = (html: string) => /<output id="receipt-code">([^<]+)</.exec(html)?.[1] ?? ''
const stored = () => portal.db.query.select().from(comments).orderBy(comments.number)

async function written(count: number): Promise<Record<string, string>> {
  const { token = '' } = await openForm(portal.app, 'p3')
  const parts = Array.from({ length: count }, (_, place) => [
    [`comments[${place}][clause]`, `p${3 + (place % 18)}`],
    [`comments[${place}][stance]`, 'amend'],
    [`comments[${place}][body]`, bodyOf(place)],
    [`comments[${place}][proposal]`, 'insert_after'],
    [`comments[${place}][wording]`, `增加的第 ${place + 1} 句。`],
  ])
  return { token, name: '某律师', ...Object.fromEntries(parts.flat()) }
}

test('above sixty the page prepares a second submission; nothing is lost, and one page shows both receipts', async () => {
  const review = await sendForm(portal.app, `${base}/review`, await written(75))
  expect([review.statusCode, review.body]).toEqual([200, expect.stringContaining('共 75 条意见')])
  const first = await sendForm(portal.app, `${base}/submissions`, formFields(review.body))
  expect([first.statusCode, first.body]).toEqual([201, expect.stringContaining('还有 15 条没有提交')])
  expect((await stored()).length).toBe(60)
  const [, rest = ''] = first.body.split('data-rest')
  const second = await sendForm(portal.app, `${base}/submissions`, formFields(rest.split('</form>')[0] ?? ''))
  expect(second.statusCode).toBe(201)
  expect(new Set((await stored()).map(({ body }) => body))).toEqual(
    new Set(Array.from({ length: 75 }, (_, place) => bodyOf(place))),
  )
  const both = await sendForm(portal.app, '/receipts', {
    code: codeIn(second.body),
    earlier: codeIn(first.body),
  })
  expect(both.body).toContain('同一次写下的另一张回执')
  for (const place of [0, 59, 60, 74]) expect(both.body).toContain(bodyOf(place))
})

test('what is wrong in the second part is said before the first is sent', async () => {
  const before = (await stored()).length
  const fields = { ...(await written(70)), 'comments[65][body]': '短' }
  const sent = await sendForm(portal.app, `${base}/submissions`, fields)
  expect([sent.statusCode, sent.body]).toEqual([422, expect.stringContaining('href="#p3-comments-65-body"')])
  expect((await stored()).length).toBe(before)
})

test('more than two submissions hold is refused with the words given back', async () => {
  const sent = await sendForm(portal.app, `${base}/submissions`, await written(121))
  expect([sent.statusCode, sent.body]).toEqual([422, expect.stringContaining('一份表单最多写 120 条意见')])
  expect(sent.body).toContain(bodyOf(120))
})

test('what was sent can be had as a Word file by its code', async () => {
  const fields = { ...(await written(2)), 'comments[0][quote]': '推进特优农业提质增效。' }
  const code = codeIn((await sendForm(portal.app, `${base}/submissions`, fields)).body)
  expect((await sendForm(portal.app, '/receipts', { code })).body).toContain('下载我提交的意见（Word）')
  const file = await sendForm(portal.app, '/receipts/words', { code })
  expect([file.statusCode, file.headers['cache-control']]).toEqual([200, 'no-store'])
  const text = JSON.stringify(await readDocument({ filename: '意见.docx', bytes: file.rawPayload }))
  for (const said of [
    bodyOf(0),
    bodyOf(1),
    '引用：“推进特优农业提质增效。”',
    '增加的第 2 句。',
    '回执号：',
  ]) {
    expect(text).toContain(said)
  }
  expect(text).not.toContain('某律师')
  expect((await sendForm(portal.app, '/receipts/words', { code: 'x' })).statusCode).toBe(404)
})
