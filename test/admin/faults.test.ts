import { afterEach, beforeEach, expect, test } from 'vitest'
import { mark } from '../../db/queries/faults.ts'
import { faults } from '../../db/schema/index.ts'
import { wholeWork } from '../../server/rules/upkeep/faults.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn
const letter = { work: 'intake_letters', subject: '01a2202f:7' } as const

beforeEach(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
})
afterEach(() => portal.close())

async function page(): Promise<string> {
  return (await admin.get('/admin/faults')).body.replace(/\s+/g, ' ')
}

test('an administrator sees what failed, since when, why and what to do', async () => {
  expect(await page()).toContain('没有出错的后台工作')
  await mark(portal.db, { ...letter, cause: null, error: 'BrokenSeal' }, portal.clock.now)
  const bulk = { work: 'bulks', subject: 'bulk-9', cause: 'comment-3', error: 'TypeError' } as const
  await mark(portal.db, bulk, new Date(portal.clock.now.getTime() + 60_000))
  const body = await page()
  expect(body).toContain('共 2 项')
  const [first = '', second = ''] = body.split('<tbody>')[1]?.split('</tr>') ?? []
  for (const said of ['批量录入来文', '01a2202f:7', '2026-11-23 10:00:10', 'BrokenSeal', 'SECRET_KEY']) {
    expect(first).toContain(said)
  }
  for (const said of [
    '批量审核',
    'bulk-9',
    '其中出错的是 <code>comment-3</code>',
    'TypeError',
    'portal verify',
  ]) {
    expect(second).toContain(said)
  }
})

test('they have it tried again at once, which is logged', async () => {
  await mark(portal.db, { ...letter, cause: null, error: 'BrokenSeal' }, portal.clock.now)
  await mark(
    portal.db,
    { work: 'campaigns', subject: wholeWork, cause: null, error: 'TypeError' },
    portal.clock.now,
  )
  expect(await page()).toContain('这项工作整个停下')
  for (const fault of [letter, letter, { work: 'campaigns', subject: wholeWork }]) {
    const { statusCode, headers } = await admin.post('/admin/faults/retry', fault)
    expect([statusCode, headers.location]).toEqual([303, '/admin/faults'])
  }
  const body = await page()
  expect(body.match(/即将重试/g)).toHaveLength(2)
  expect(body).not.toContain('>马上重试</button>')
  const log = (await admin.get('/admin/log?act=fault.retry')).body
  expect(log).toContain('重试后台工作')
  expect(log).toContain('后台工作 批量录入来文')
})

test('a comment stands there under its public id, by which it is tried again', async () => {
  const [failed, cause] = [await aComment(portal), await aComment(portal)]
  const bulk = { work: 'bulks', subject: 'bulk-9', cause: cause.id, error: 'TypeError' } as const
  const examination = { work: 'examinations', subject: failed.id, cause: null, error: 'TypeError' } as const
  for (const fault of [bulk, examination]) await mark(portal.db, fault, portal.clock.now)
  await admin.get('/admin/faults')
  await admin.post('/admin/faults/retry', { work: 'examinations', subject: failed.publicId })
  const log = (await admin.get('/admin/log?act=fault.retry')).body
  expect(log).toContain(failed.publicId.slice(-12))
  const [faultsPage, all] = [await page(), (await admin.get('/admin/log')).body]
  expect(faultsPage.match(/即将重试/g)).toHaveLength(1)
  for (const { id, publicId } of [failed, cause]) {
    expect(faultsPage).toContain(publicId)
    for (const said of [faultsPage, log, all]) expect(said).not.toContain(id)
  }
})

test.each([
  [{ work: 'nothing', subject: '' }],
  [{ work: 'bulks', subject: 'mended' }],
  [{ work: 'bulks', subject: '\0' }],
  [{ work: ['bulks'], subject: { a: 1 } }],
])('what is not marked is not tried again, and nobody is told of a fault: %j', async (fields) => {
  await admin.get('/admin/faults')
  expect((await admin.post('/admin/faults/retry', fields)).statusCode).toBe(303)
  expect(await portal.db.query.$count(faults)).toBe(0)
  expect((await admin.get('/admin/log?act=fault.retry')).body).toContain('没有符合条件的记录')
})

test('of very many the oldest are shown', async () => {
  const { now } = portal.clock
  const rows = Array.from({ length: 205 }, (_, i) => ({
    ...letter,
    subject: `list:${i}`,
    cause: null,
    error: 'BrokenSeal',
    failures: 1,
    since: new Date(now.getTime() + i),
    retryAt: now,
  }))
  await portal.db.query.insert(faults).values(rows)
  const body = await page()
  expect(body).toContain('共 205 项，列出最早的 200 项')
  expect(body).toContain('list:199<')
  expect(body).not.toContain('list:200<')
})
