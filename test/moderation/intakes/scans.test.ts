import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { attachments, comments, log, submissions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
})
afterEach(() => portal.close())

const pdf = Buffer.from('%PDF-1.7 来信的扫描件')
const letter = {
  channel: 'letter',
  received_on: '2026-11-20',
  key: 'one',
  comments: [{ clause: 'p7', stance: 'amend', body: '来信建议把护工培训写进去' }],
}

async function enter(scan: { name: string; content: Buffer }, fields: object = {}) {
  await moderator.get('/moderation/offline')
  return moderator.send(
    '/moderation/offline?consultation=shanxi-laoqu',
    scan,
    { ...letter, ...fields },
    'scan',
  )
}

function keptFiles(): string[] {
  const folder = join(portal.deps.config.dataDir, 'attachments')
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}

test('a scan is kept with its letter for the portal alone, and saved by staff only, which is logged', async () => {
  expect((await enter({ name: '来信/第一封.pdf', content: pdf })).statusCode).toBe(201)
  const [file = ''] = keptFiles()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const [row] = await portal.db.query.select().from(attachments)
  expect(row?.name).not.toContain('第一封')
  const [comment] = await portal.db.query.select().from(comments)
  const page = await moderator.get(`/moderation?comment=${comment?.publicId}`)
  expect(page.body).toContain('第一封.pdf')

  const address = `/moderation/comments/${comment?.publicId}/attachments/1`
  const saved = await moderator.get(address)
  expect(saved.rawPayload).toEqual(pdf)
  expect(saved.headers['content-disposition']).toMatch(/^attachment;/)
  const entries = await portal.db.query.select().from(log).orderBy(log.number)
  expect(entries.at(-1)).toMatchObject({
    act: 'attachment.download',
    subject: row?.id,
    staffId: moderator.id,
  })
  expect((await portal.app.inject(address)).statusCode).toBe(303)
  const elsewhere = await signIn(portal, { role: 'moderator', consultationId: 'another' })
  expect((await elsewhere.get(address)).statusCode).toBe(403)
})

test.each([
  [
    'a web page that is called .pdf',
    { name: 'a.pdf', content: Buffer.from('<script>') },
    '扫描件请用 pdf、png 或 jpg',
  ],
  ['a program', { name: 'a.png', content: Buffer.from('4d5a9000', 'hex') }, '扫描件请用 pdf、png 或 jpg'],
  ['nothing', { name: 'a.pdf', content: Buffer.alloc(0) }, '扫描件请用 pdf、png 或 jpg'],
  [
    'more than 20 MB',
    { name: 'a.pdf', content: Buffer.alloc(20 * 1024 * 1024 + 1, pdf) },
    '扫描件超过 20 MB',
  ],
])('refuses %s, and keeps what was typed and no file', async (_name, scan, said) => {
  const response = await enter(scan)
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain(said)
  expect(response.body).toContain('来信建议把护工培训写进去')
  expect(keptFiles()).toEqual([])
  expect(await portal.db.query.$count(submissions)).toBe(0)
})

test('a form that comes back for something else says that the scan has to be chosen again', async () => {
  const response = await enter({ name: 'a.pdf', content: pdf }, { channel: '' })
  expect(response.statusCode).toBe(422)
  expect(response.body).toContain('请选择来源')
  expect(response.body).toContain('扫描件没有随表单保存')
  expect(keptFiles()).toEqual([])
})

test('the same form sent twice keeps its scan once', async () => {
  const statuses = [
    (await enter({ name: 'a.pdf', content: pdf })).statusCode,
    (await enter({ name: 'a.pdf', content: pdf })).statusCode,
  ]
  expect(statuses).toEqual([201, 201])
  expect(keptFiles()).toHaveLength(1)
  expect(await portal.db.query.$count(attachments)).toBe(1)
})
