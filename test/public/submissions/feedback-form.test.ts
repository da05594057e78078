import { afterEach, beforeEach, expect, test } from 'vitest'
import { comments } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aDocx, p } from '../../documents/a-docx.ts'
import { editDocx, writeRow } from '../../documents/feedback-form/fill-form.ts'
import {
  slug as another,
  makeReady,
  base as officeBase,
  publish,
  putUp,
  send,
} from '../../office/consultations/conducting.ts'
import { secondPolicy } from '../../office/consultations/draft-text.ts'
import { formFields, sendForm } from '../forms.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const address = `${draft}/feedback-form`

async function blankForm(): Promise<Buffer> {
  return (await portal.app.inject(`${address}.docx`)).rawPayload
}

function upload(content: Buffer | null, url = address) {
  const boundary = 'portal-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${content ? '表.docx' : ''}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return portal.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([
      Buffer.from(head),
      content ?? Buffer.alloc(0),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  })
}

const filled = async (cells: (string | null)[] = [null, null, '☑修改', '建议写明补贴的对象。']) =>
  editDocx(await blankForm(), (xml) => writeRow(xml, '〔p3〕', cells))

test('the page gives the blank form and takes it back', async () => {
  const page = await portal.app.inject(address)
  expect(page.body).toContain(`href="${address}.docx"`)
  expect(page.body).toContain('enctype="multipart/form-data"')
  for (const url of [`${draft}/notice`, draft, `${draft}/clauses/p3/comments/new`]) {
    expect((await portal.app.inject(url)).body, url).toContain(`href="${address}"`)
  }
})

test('a filled form opens the review, stores nothing, and is sent from there', async () => {
  const review = await upload(await filled())
  expect(review.statusCode).toBe(200)
  expect(review.headers['cache-control']).toBe('private, no-cache')
  expect(review.body).toContain('核对您的意见')
  expect(review.body).toContain('读到 1 条意见，还没有提交')
  expect(review.body).toContain('建议写明补贴的对象。')
  expect(await portal.db.query.select().from(comments)).toEqual([])

  const sent = await sendForm(portal.app, `${draft}/submissions`, formFields(review.body))
  expect(sent.statusCode).toBe(201)
  expect(await portal.db.query.select().from(comments)).toMatchObject([
    { clause: 'p3', stance: 'amend', body: '建议写明补贴的对象。' },
  ])
})

test('what is missing is asked for as in the typed form', async () => {
  const form = await upload(await filled([null, null, null, '好', null]))
  expect(form.statusCode).toBe(422)
  expect(form.body).toContain('请选择意见类型')
  expect(form.body).toContain('意见内容至少 5 个字')
  expect(form.body).toContain('读到 1 条意见')
})

test('what was not taken over is listed', async () => {
  const form = await editDocx(await filled(), (xml) =>
    xml.replace('<w:sectPr', `${p('另外一段话')}<w:sectPr`),
  )
  const { body } = await upload(form)
  expect(body).toContain('表格以外的文字，没有带入</strong> <q lang="zh-CN">另外一段话</q>')
})

test.each([
  ['no file', async () => null, '请先选择填好的意见反馈表'],
  ['another document', async () => aDocx({ body: p('一封信。') }), '这个文件不是意见反馈表'],
  ['a PDF', async () => Buffer.from('%PDF-1.7'), '这个文件不是意见反馈表'],
  ['an old Word file', async () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), '另存为 .docx'],
  ['a damaged file', async () => (await filled()).subarray(0, 3000), '文件已损坏'],
  [
    'a file that unpacks to too much',
    async () => editDocx(await filled(), (xml) => xml + ' '.repeat(17 * 1024 * 1024)),
    '文件已损坏或者过大',
  ],
  ['an empty form', blankForm, '表里没有读到意见'],
])('%s is refused with what to do', async (_, make, sentence) => {
  const refused = await upload(await make())
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain(sentence)
})

test('the form of another consultation is told apart', async () => {
  const other = await editDocx(await filled(), (xml) => xml.replace('shanxi-laoqu/r1', 'another-one/r1'))
  const refused = await upload(other)
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('这是另一次征求意见的反馈表')
})

test('the form of an earlier round is taken, and said to be one', async () => {
  const people = await putUp(portal)
  await makeReady(people)
  await publish(people)
  const first = (await portal.app.inject(`/consultations/${another}/feedback-form.docx`)).rawPayload
  const form = await editDocx(first, (xml) =>
    ['〔p3〕', '〔p4〕'].reduce(
      (text, key) => writeRow(text, key, [null, null, '反对', '这样写不合适。']),
      xml,
    ),
  )
  await send(people.drafter, `${officeBase}/import`, { text: secondPolicy })
  await send(people.drafter, `${officeBase}/rounds/2/mapping`, {})
  await publish(people)

  const review = await upload(form, `/consultations/${another}/feedback-form`)
  expect(review.statusCode).toBe(200)
  expect(review.body).toContain('这是第 1 稿的意见反馈表，现在征求意见的是第 2 稿')
  const fields = formFields(review.body)
  expect(fields['comments[0][clause]']).toBe('p3')
  // p4 was dropped, and only its text could be mistaken for an edited one.
  expect(fields['comments[1][clause]']).toBe('draft')
  expect(fields['comments[1][body]']).toMatch(/^（关于.+）这样写不合适。$/)
  expect(Object.keys(fields).filter((name) => name.endsWith('[wording]'))).toEqual([])
})

test('a closed consultation takes no form', async () => {
  const form = await filled()
  portal.clock.now = new Date('2027-01-01T00:00:00Z')
  const refused = await upload(form)
  expect(refused.statusCode).toBe(403)
  expect(refused.body).toContain('征求意见已经截止')
  expect(refused.body).not.toContain('type="file"')
})

test('in English the sentences are English', async () => {
  expect((await upload(null, `${address}?lang=en`)).body).toContain('Please choose the filled form first')
  expect((await upload(await filled(), `${address}?lang=en`)).body).toContain(
    '1 comment was read from the form',
  )
})
