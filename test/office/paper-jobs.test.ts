import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { parseCsvObjects } from 'hucre/csv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { findConsultation } from '../../db/queries/consultations.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { everyKind, say } from './filled-consultation.ts'

let portal: TestPortal
let drafter: SignedIn
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await buildTestApp()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(portal.db, consultation, everyKind(['draft', 'p1', 'p7']))
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/papers`)
})
afterAll(() => portal.close())

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

test('a long paper is made beside the serving, and downloaded when it is ready', async () => {
  const address = await begin({ kind: 'archive', format: 'zip', scope: 'internal' })
  expect(await ended(address)).toContain('已生成')
  const file = await drafter.get(`${address}/file`)
  expect(file.statusCode).toBe(200)
  const zip = await fromBufferPromise(file.rawPayload)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== '意见.csv') continue
    const csv = (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
    expect(parseCsvObjects(csv, { header: true }).data).toHaveLength(100)
  }
  const listed = await drafter.get(`${office}/papers`)
  expect(listed.body).toContain('全部文件（内部）-shanxi-laoqu-2026-11-23.zip')
})

test('a paper that is cancelled leaves no file', async () => {
  const address = await begin({ kind: 'archive', format: 'zip', scope: 'internal' })
  expect((await drafter.post(`${address}/cancellation`, {})).statusCode).toBe(303)
  expect(await ended(address)).toContain('已取消')
  expect((await drafter.get(`${address}/file`)).statusCode).toBe(404)
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

test('a department reads pages, and takes no papers away', async () => {
  const department = await signIn(portal, 'department')
  expect((await department.get(`${office}/comments`)).statusCode).toBe(200)
  for (const path of ['papers', 'papers/comments.csv', 'comments.csv']) {
    expect((await department.get(`${office}/${path}`)).statusCode).toBe(403)
  }
})

test('after a week a paper is gone', async () => {
  const address = await begin({ kind: 'comments', format: 'csv', scope: 'public' })
  expect(await ended(address)).toContain('已生成')
  portal.clock.now = new Date('2026-12-01T02:00:00Z')
  drafter = await signIn(portal, 'drafter')
  await drafter.get(`${office}/papers`)
  await ended(await begin({ kind: 'comments', format: 'csv', scope: 'public' }))
  expect((await drafter.get(`${address}/file`)).statusCode).toBe(404)
})
