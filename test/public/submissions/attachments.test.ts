import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attachmentsOf } from '../../../db/queries/submissions/attachments.ts'
import { attachments, comments, submissions } from '../../../db/schema/index.ts'
import { attachmentLimits } from '../../../server/rules/submissions/attachments.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aDocx } from '../../documents/a-docx.ts'
import { zip } from '../../documents/zip.ts'
import { formFields, openForm, sendForm } from '../forms.ts'
import { offered } from '../offered.ts'
import { files, type Sent, sendParts } from '../sent-files.ts'

let portal: TestPortal
const base = '/consultations/shanxi-laoqu'
const body = '我单位建议写明补贴的对象和标准。'
const organisation = { identity: 'enterprise', organisation: '某农业合作社' }

beforeEach(async () => {
  portal = await buildTestApp()
  await offered(portal, 'attachments')
})
afterEach(() => portal.close())

const folder = () => join(portal.deps.config.dataDir, 'attachments')
const kept = () => (existsSync(folder()) ? readdirSync(folder()) : [])
const rows = () => portal.db.query.select().from(attachments)
const filled = async (fields: Record<string, string> = organisation) => ({
  ...(await openForm(portal.app, 'p3')),
  'comments[0][stance]': 'amend',
  'comments[0][body]': body,
  ...fields,
})
const send = async (sent: Sent[], fields?: Record<string, string>) =>
  sendParts(portal.app, `${base}/submissions`, await filled(fields), sent)

/** Files that were not kept are removed once the answer is out. */
const onlyKept = async (count: number) => expect.poll(kept).toHaveLength(count)

test('an organisation’s files are kept by id, and their names are sealed', async () => {
  const names = ['函.pdf', '意见.docx', '附图.png', '照片.JPEG']
  const first = await send([
    [names[0] ?? '', files.pdf],
    [names[1] ?? '', files.docx],
    [names[2] ?? '', files.png],
  ])
  expect([first.statusCode, first.body]).toEqual([201, expect.stringContaining('意见已收到')])
  expect((await send([[names[3] ?? '', files.jpg]])).statusCode).toBe(201)
  const stored = await rows()
  expect(stored.map(({ type }) => type).sort()).toEqual(['docx', 'jpg', 'pdf', 'png'])
  for (const { id, name, size, sha256 } of stored) {
    const content = readFileSync(join(folder(), id))
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([size, sha256])
    expect(statSync(join(folder(), id)).mode & 0o777).toBe(0o600)
    expect(name).toMatch(/^aes-256-gcm\./)
  }
  await onlyKept(4)
  expect(statSync(folder()).mode & 0o077).toBe(0)
  const [submission] = await portal.db.query.select().from(submissions).orderBy(submissions.id)
  const opened = await attachmentsOf(portal.db, portal.deps.seals, [submission?.id ?? ''])
  expect(opened.get(submission?.id ?? '')?.map(({ name }) => name)).toEqual(names.slice(0, 3))
})

test('the receipt’s holder sees which files were kept', async () => {
  const sent = await send([['函.pdf', files.pdf]])
  const code = /<output id="receipt-code">([^<]+)</.exec(sent.body)?.[1] ?? ''
  expect((await sendForm(portal.app, '/receipts', { code })).body).toContain('<li>函.pdf（1 KB）</li>')
})

test('without a file the form in parts is a submission like any other', async () => {
  expect((await openForm(portal.app, 'p3')).token).toBeTruthy()
  const page = (await portal.app.inject(`${base}/clauses/p3/comments/new`)).body
  expect(page).toContain('enctype="multipart/form-data"')
  expect((await send([['', '']], {})).statusCode).toBe(201)
  expect(await rows()).toEqual([])
  expect(await portal.db.query.select({ body: comments.body }).from(comments)).toEqual([{ body }])
})

test('60 comments in parts are taken', async () => {
  const { token = '' } = formFields((await portal.app.inject(`${base}/comments/new`)).body)
  const fields: Record<string, string> = { token, ...organisation }
  for (let i = 0; i < 60; i++) {
    for (const [field, value] of Object.entries({
      clause: `p${(i % 23) + 1}`,
      stance: 'oppose',
      body: '长'.repeat(5000),
      proposal: '',
      wording: '',
      quote: '',
    })) {
      fields[`comments[${i}][${field}]`] = value
    }
  }
  const sent = await sendParts(portal.app, `${base}/submissions`, fields, [['函.pdf', files.pdf]])
  expect(sent.statusCode).toBe(201)
  expect(await portal.db.query.$count(comments)).toBe(60)
})

describe('refused, with what was typed still there and nothing left behind:', () => {
  const largest = Buffer.concat([files.pdf, Buffer.alloc(attachmentLimits.bytes - files.pdf.length)])
  const cases: [string, Sent[], Record<string, string>, string][] = [
    ['an individual’s file', [['函.pdf', files.pdf]], { identity: 'individual' }, '附件只接收单位的'],
    [
      'four files',
      Array.from({ length: 4 }, (): Sent => ['函.pdf', files.pdf]),
      organisation,
      '附件最多 3 个，现在是 4 个',
    ],
    [
      'one byte too many',
      [['大.pdf', Buffer.concat([largest, Buffer.from('x')])]],
      organisation,
      '附件“大.pdf”超过 10 MB',
    ],
    ['nothing in it', [['空.pdf', '']], organisation, '附件“空.pdf”是空的'],
    [
      'a page called pdf',
      [['页.pdf', '<html><script>alert(1)</script>']],
      organisation,
      '附件“页.pdf”不是能接收的文件',
    ],
    ['a page with a pdf’s mark inside', [['页.pdf', `<html>%PDF-1.7`]], organisation, '不是能接收的文件'],
    [
      'a zip called docx',
      [['包.docx', zip([{ name: 'a.exe', content: 'MZ' }])]],
      organisation,
      '不是能接收的文件',
    ],
    ['a zip cut off', [['包.docx', files.docx.subarray(0, 300)]], organisation, '不是能接收的文件'],
    ['a program', [['函.pdf', Buffer.from('4d5a9000', 'hex')]], organisation, '不是能接收的文件'],
    [
      'an old Word file',
      [['函.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')]],
      organisation,
      '不是能接收的文件',
    ],
    ['macros', [['宏.docx', withMacros()]], organisation, '不是能接收的文件'],
    [
      'a good file beside a bad one',
      [
        ['好.pdf', files.pdf],
        ['坏.pdf', 'x'],
      ],
      organisation,
      'checked> <span lang="zh-CN">好.pdf</span>（1 KB）',
    ],
    [
      'a good file of a form that is not right',
      [['好.pdf', files.pdf]],
      { ...organisation, organisation: '' },
      'checked> <span lang="zh-CN">好.pdf</span>（1 KB）',
    ],
  ]
  test.each(cases)('%s', async (_name, sent, fields, message) => {
    const refused = await send(sent, fields)
    expect([refused.statusCode, refused.body]).toEqual([422, expect.stringContaining(message)])
    expect(refused.body).toContain(`${body}</textarea>`)
    expect(refused.body).toMatch(/<details class="more about" open>/)
    expect(await rows()).toEqual([])
    await onlyKept(0)
  })

  test('a file where the consultation takes none', async () => {
    await offered(portal)
    const refused = await send([['函.pdf', files.pdf]])
    expect([refused.statusCode, refused.body]).toEqual([
      422,
      expect.stringContaining('这次征求意见不接收附件'),
    ])
    expect(refused.body).not.toContain('type="file"')
    expect(existsSync(folder())).toBe(false)
  })

  test('a file after the closing day', async () => {
    const fields = await filled()
    portal.clock.now = new Date('2026-12-23T16:00:00Z')
    const refused = await sendParts(portal.app, `${base}/submissions`, fields, [['函.pdf', files.pdf]])
    expect([refused.statusCode, refused.body]).toEqual([403, expect.stringContaining(body)])
    await onlyKept(0)
  })

  test.each(['comments', 'token', '__proto__', 'x'])('a file in the field %s', async (field) => {
    const sent = await sendParts(
      portal.app,
      `${base}/submissions`,
      await filled(),
      [['函.pdf', files.pdf]],
      field,
    )
    expect(sent.statusCode).toBeLessThan(500)
    expect(await rows()).toEqual([])
    await onlyKept(0)
  })

  test('more parts than any form has', async () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, '1']))
    const sent = await sendParts(portal.app, `${base}/submissions`, fields, [])
    expect([sent.statusCode, sent.body]).toEqual([413, expect.stringContaining('提交的内容太大')])
    const many = await send(Array.from({ length: 50 }, (): Sent => ['函.pdf', files.pdf]))
    expect(many.statusCode).toBe(413)
    await onlyKept(0)
  })

  test.each([
    ['one field', [2 ** 21]],
    ['all fields together', Array<number>(8).fill(1_000_000)],
  ])('more text than any form has, in %s', async (_name, sizes) => {
    const fields = Object.fromEntries(sizes.map((size, i) => [`comments[${i}][body]`, 'x'.repeat(size)]))
    const sent = await sendParts(portal.app, `${base}/submissions`, fields, [])
    expect([sent.statusCode, sent.body]).toEqual([413, expect.stringContaining('填写的文字太长')])
  })

  test('a form that breaks off', async () => {
    const { statusCode } = await portal.app.inject({
      method: 'POST',
      url: `${base}/submissions`,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      payload: `--b\r\ncontent-disposition: form-data; name="attachments"; filename="x.pdf"\r\n\r\n%PDF-1.7 and no end`,
    })
    expect(statusCode).toBe(400)
    await onlyKept(0)
  })
})

test('10 MB to the byte are taken', async () => {
  const content = Buffer.concat([files.pdf, Buffer.alloc(attachmentLimits.bytes - files.pdf.length)])
  expect((await send([['大.pdf', content]])).statusCode).toBe(201)
})

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['..\\..\\函.pdf', '函.pdf'],
  ['名\0字\u202e.pdf', '名字.pdf'],
  ['长'.repeat(500), '长'.repeat(100)],
])('a file called %j is a name and never a path', async (sent, name) => {
  expect((await send([[sent, files.pdf]])).statusCode).toBe(201)
  const [row] = await rows()
  const { db, deps } = portal
  const opened = await attachmentsOf(db, deps.seals, [row?.submissionId ?? ''])
  expect(opened.get(row?.submissionId ?? '')?.[0]?.name).toBe(name)
  expect(kept()).toEqual([row?.id])
})

test('a png with a zip behind it is a png', async () => {
  expect((await send([['图.docx', Buffer.concat([files.png, files.docx])]])).statusCode).toBe(201)
  expect((await rows())[0]?.type).toBe('png')
})

test('twenty at once with the same files are one submission with its files; other files are asked about', async () => {
  const fields = await filled()
  const again = (sent: Sent[]) => sendParts(portal.app, `${base}/submissions`, fields, sent)
  const answers = await Promise.all(Array.from({ length: 20 }, () => again([['函.pdf', files.pdf]])))
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
  const [row] = await rows()
  await onlyKept(1)
  expect(kept()).toEqual([row?.id])
  const other = await again([['函.pdf', files.png]])
  expect([other.statusCode, other.body]).toEqual([409, expect.stringContaining('请重新选择：“函.pdf”')])
  await onlyKept(1)
  expect(await rows()).toHaveLength(1)
})

test('a submission that cannot be stored leaves its file to the sweep alone', async () => {
  portal.db.atomically = () => Promise.reject(new Error('the disk is full'))
  expect((await send([['函.pdf', files.pdf]])).statusCode).toBe(500)
  expect(kept().filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a disk that takes nothing is the portal’s fault and not the form’s', async () => {
  writeFileSync(folder(), 'no folder')
  expect((await send([['函.pdf', files.pdf]])).statusCode).toBe(500)
  expect(await rows()).toEqual([])
})

test('no file is to be had from the public site', async () => {
  await send([['函.pdf', files.pdf]])
  const [row] = await rows()
  for (const path of [
    `/attachments/${row?.id}`,
    `${base}/attachments/${row?.id}`,
    `/static/../data/attachments/${row?.id}`,
  ]) {
    expect((await portal.app.inject(path)).statusCode).toBe(404)
  }
})

function withMacros(): Buffer {
  const type = 'http://schemas.microsoft.com/office/2006/relationships/vbaProject'
  return aDocx({
    body: '<w:p/>',
    relationships: `<Relationship Id="v" Type="${type}" Target="vbaProject.bin"/>`,
    files: [{ name: 'word/vbaProject.bin', content: 'x' }],
  })
}

test('in English a file that cannot be taken is told in English', async () => {
  const fields = {
    ...(await openForm(portal.app, 'p3')),
    'comments[0][stance]': 'amend',
    'comments[0][body]': '一条带文件的意见。',
    identity: 'individual',
  }
  const refused = await sendParts(portal.app, `${base}/submissions?lang=en`, fields, [['函.pdf', files.pdf]])
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('Files are taken from organisations only')
})
