import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attachments } from '../../../db/schema/index.ts'
import { attachmentSweep } from '../../../server/jobs/attachment-sweep.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { formFields, openForm, sendForm } from '../forms.ts'
import { offered } from '../offered.ts'
import { files, sendParts } from '../sent-files.ts'

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

/** Files that were not kept are removed once the answer is out. */
const onlyKept = async (count: number) => expect.poll(kept).toHaveLength(count)

const held = () => join(portal.deps.config.dataDir, 'reviewed')
const review = (fields: Record<string, string>, name = '函.pdf', content = files.pdf) =>
  sendParts(portal.app, `${base}/review`, fields, [[name, content]])
const send = (fields: Record<string, string>) => sendForm(portal.app, `${base}/submissions`, fields)

test('a file goes through the review, sealed on the disk, and is named before and after', async () => {
  const reviewed = await review(await filled())
  expect(reviewed.statusCode).toBe(200)
  expect(reviewed.body).toContain('<span lang="zh-CN">函.pdf</span>（1 KB）')
  await onlyKept(0)
  const [name = ''] = readdirSync(held())
  const sealed = readFileSync(join(held(), name))
  expect(sealed.includes(files.pdf.subarray(0, 8))).toBe(false)
  expect([statSync(held()).mode & 0o077, statSync(join(held(), name)).mode & 0o077]).toEqual([0, 0])

  const fields = formFields(reviewed.body)
  const sent = await send(fields)
  expect([sent.statusCode, sent.body]).toEqual([201, expect.stringContaining('函.pdf（1 KB）')])
  const [row] = await rows()
  expect(readFileSync(join(folder(), row?.id ?? ''))).toEqual(files.pdf)
  // The same again, as a reload sends it, is the same receipt and no second file.
  const again = await send(fields)
  expect(/receipt-code">([^<]+)/.exec(again.body)?.[1]).toBe(/receipt-code">([^<]+)/.exec(sent.body)?.[1])
  await onlyKept(1)
  expect(await rows()).toHaveLength(1)
})

test('what went to the review and back goes on, with another beside it, unless its tick is taken away', async () => {
  const reviewed = await review(await filled())
  const back = await sendForm(portal.app, `${base}/comments/new`, formFields(reviewed.body))
  expect(back.body).toContain('<span lang="zh-CN">函.pdf</span>')
  const fields: Record<string, string> = {
    ...formFields(back.body),
    ...organisation,
    'comments[0][body]': body,
  }
  const both = await sendParts(portal.app, `${base}/submissions`, fields, [['附图.png', files.png]])
  expect([both.statusCode, both.body]).toEqual([201, expect.stringContaining('函.pdf')])
  expect((await rows()).map(({ type }) => type).sort()).toEqual(['pdf', 'png'])

  const other = formFields((await review(await filled())).body)
  delete other.held
  expect((await send(other)).statusCode).toBe(201)
  expect(await rows()).toHaveLength(2)
})

test('after a day it is gone: the sweep removes it, and whoever sends then is told to choose it again', async () => {
  const fields = formFields((await review(await filled())).body)
  const later = new Date(portal.clock.now.getTime() + 25 * 60 * 60 * 1000)
  for (const name of readdirSync(held())) utimesSync(join(held(), name), portal.clock.now, portal.clock.now)
  expect(await doSome(portal.deps, attachmentSweep())).toBe(0)
  portal.clock.now = later
  expect(await doSome(portal.deps, attachmentSweep())).toBe(1)
  expect(readdirSync(held())).toEqual([])
  const sent = await send(fields)
  expect([sent.statusCode, sent.body]).toEqual([
    422,
    expect.stringContaining('附件“函.pdf”只保存 24 小时，已经没有了'),
  ])
  expect(sent.body).toContain(`${body}</textarea>`)
  expect(await rows()).toEqual([])
})

test.each(['x', 'aes-256-gcm.1.AAAA', '{}', 'x'.repeat(5000)])(
  'a reference that is not ours brings nothing: %s',
  async (reference) => {
    const sent = await send({ ...(await filled()), held: reference })
    expect(sent.statusCode).toBe(201)
    expect(await rows()).toEqual([])
  },
)

test('an individual chooses no file at the review, and where too many are held a file has to be chosen again', async () => {
  const individual = await sendForm(portal.app, `${base}/review`, await filled({}))
  expect(individual.body).not.toContain('type="file"')
  mkdirSync(held(), { recursive: true })
  for (let i = 0; i < 300; i++) writeFileSync(join(held(), `${i}`), 'x')
  const reviewed = await review(await filled())
  expect(reviewed.body).toContain('附件没有随表单保存，提交前请重新选择：“函.pdf”')
})
