import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { log } from '../../../db/schema/index.ts'
import type { ActName } from '../../../server/rules/log/act-names.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { csvRows } from '../../documents/papers/read-back.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { canaries, everyKind, say } from '../filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(portal.db, consultation, everyKind(['draft', 'p1', 'p7']))
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/papers`)
  return portal
})

test('who may not order a long paper is shown no button for it', async () => {
  const auditor = await signIn(portal, 'auditor')
  const page = await auditor.get(`${office}/papers`)
  expect(page.body).toContain('由起草或审批人员生成')
  expect(page.body).not.toContain(`action="${office}/jobs"`)
  expect(
    (await auditor.post(`${office}/jobs`, { kind: 'archive', format: 'zip', scope: 'internal' })).statusCode,
  ).toBe(403)
})

async function begin(fields: Record<string, string>): Promise<string> {
  const { statusCode, headers, body } = await drafter.post(`${office}/jobs`, fields)
  expect(statusCode, body).toBe(303)
  return String(headers.location)
}

async function ended(address: string): Promise<string> {
  for (let turn = 0; turn < 600; turn++) {
    const { body } = await drafter.get(address)
    if (!/正在生成|排队等候/.test(body)) return body
    await wait(50)
  }
  return expect.unreachable('the paper was never ended')
}

const acts = async (act: ActName) =>
  (await portal.db.query.select().from(log).where(eq(log.act, act))).map(({ detail, staffId }) => ({
    ...detail,
    staffId,
  }))

test('a long paper is made beside the serving, lies sealed, and is downloaded when it is ready', async () => {
  const address = await begin({ kind: 'comments', format: 'csv', scope: 'internal', stance: 'amend' })
  expect(await ended(address)).toContain('已生成')
  const id = address.split('/').at(-1) ?? ''
  const path = join(portal.deps.config.dataDir, 'papers', id)
  expect(readFileSync(path).includes('pending的意见')).toBe(false)
  expect(statSync(path).mode & 0o077).toBe(0)
  const file = await drafter.get(`${address}/file`)
  expect(file.statusCode).toBe(200)
  expect(Number(file.headers['content-length'])).toBe(file.rawPayload.length)
  const rows = csvRows(file.rawPayload)
  expect([rows.length, new Set(rows.map((row) => row.意见类型))]).toEqual([25, new Set(['修改'])])
  expect((await drafter.get(`${office}/papers`)).body).toContain('意见（内部）-shanxi-laoqu-2026-11-23.csv')
  expect(await acts('paper.take')).toContainEqual({
    kind: 'comments',
    format: 'csv',
    scope: 'internal',
    reason: null,
    staffId: drafter.id,
  })
})

test('a paper that is cancelled leaves no file', async () => {
  const address = await begin({ kind: 'archive', format: 'zip', scope: 'internal' })
  expect((await drafter.post(`${address}/cancellation`, {})).statusCode).toBe(303)
  expect(await ended(address)).toContain('已取消')
  expect((await drafter.get(`${address}/file`)).statusCode).toBe(404)
})

test('a paper that cannot be made says why', async () => {
  const address = await begin({ kind: 'report', format: 'docx', scope: 'public' })
  const body = await ended(address)
  expect(body).toContain('没有生成')
  expect(body).toContain('结果还没有公布')
})

test('persons are named for an approver alone, for a reason, and the log keeps both', async () => {
  const asked = { scope: 'personal', paper: 'comments.csv', reason: '就第七条意见联系提出人核实' }
  expect((await drafter.get(`${office}/papers`)).body).not.toContain('含个人信息的文件')
  expect((await drafter.post(`${office}/jobs`, asked)).statusCode).toBe(403)
  const approver = await signIn(portal, 'approver')
  await approver.get(`${office}/papers`)
  for (const [reason, said] of [
    ['', '请填写事由'],
    ['需要', '请把事由写具体'],
    ['请联系 13800138000 核实情况', '请不要写电话'],
  ]) {
    const { statusCode, body } = await approver.post(`${office}/jobs`, { ...asked, reason })
    expect([statusCode, body.includes(said ?? '')]).toEqual([422, true])
  }
  expect((await approver.get(`${office}/papers/comments.csv?scope=personal`)).statusCode).toBe(403)
  const sent = await approver.post(`${office}/jobs`, asked)
  const address = String(sent.headers.location)
  expect(await ended(address)).toContain('已生成')
  expect((await drafter.get(`${address}/file`)).statusCode).toBe(403)
  const file = await approver.get(`${address}/file`)
  const [row] = csvRows(file.rawPayload)
  expect([row?.姓名, row?.单位, row?.联系方式]).toEqual([
    canaries.name,
    canaries.organisation,
    canaries.contact,
  ])
  expect(await acts('paper.make')).toContainEqual(
    expect.objectContaining({ scope: 'personal', reason: asked.reason, staffId: approver.id }),
  )
  expect(await acts('paper.take')).toContainEqual(
    expect.objectContaining({ scope: 'personal', staffId: approver.id }),
  )
})

test('what there is not cannot be made, and another consultation has nothing of it', async () => {
  for (const fields of [
    { kind: 'draft', format: 'docx', scope: 'public' },
    { kind: '../x', format: 'zip' },
    {},
  ]) {
    expect((await drafter.post(`${office}/jobs`, fields)).statusCode).toBe(404)
  }
  expect((await drafter.get(`${office}/jobs/nothing`)).statusCode).toBe(404)
})

test('a department takes no papers away', async () => {
  const department = await signIn(portal, 'department')
  for (const path of ['comments', 'papers', 'papers/comments.csv', 'comments.csv']) {
    expect((await department.get(`${office}/${path}`)).statusCode).toBe(403)
  }
})

test('after a week a paper is gone', async () => {
  anewAfter()
  const address = await begin({ kind: 'comments', format: 'csv', scope: 'public' })
  expect(await ended(address)).toContain('已生成')
  portal.clock.now = new Date('2026-12-01T02:00:00Z')
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/papers`)
  await ended(await begin({ kind: 'comments', format: 'csv', scope: 'public' }))
  expect((await drafter.get(`${address}/file`)).statusCode).toBe(404)
})
