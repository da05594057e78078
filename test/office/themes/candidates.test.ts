import { eq, isNotNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../../db/queries/points/worded-concerns.ts'
import { comments, commentThemes, points } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { learn, saidOnThree } from './learning.ts'

let portal: TestPortal
let drafter: SignedIn
let ids: string[]
const address = '/office/shanxi-laoqu/themes/candidates'

const anewAfter = sharedPortal(async () => {
  portal = await buildTestApp()
  const { bySubject } = await saidOnThree(portal, 30)
  ids = Object.values(bySubject).flat()
  drafter = await signIn(portal, 'drafter')
  return portal
})

test('nothing is read until somebody asks, and nothing is put anywhere by it', async () => {
  anewAfter()
  const before = await drafter.get(address)
  expect(before.body).toContain('请程序读一遍')
  await learn(portal)
  expect((await drafter.get(address)).body).not.toContain('读了')
  expect((await drafter.post(address, {})).statusCode).toBe(303)
  expect((await drafter.get(address)).body).toContain('正在读')
  await learn(portal)
  const page = (await drafter.get(address)).body
  expect(page).toContain('读了 <strong>90</strong> 条具体意见')
  expect(page).toMatch(/<strong>\d+<\/strong> 条具体意见，<strong>\d+<\/strong> 人次/)
  expect(page).toMatch(/与其他意见不同的词：.*(医院|学校|公路|老师)/)
  expect(await portal.db.query.$count(commentThemes)).toBe(0)
})

test('one is accepted under a name of the office with its comments, another is merged, a third dropped', async () => {
  anewAfter()
  await drafter.get(address)
  await drafter.post(address, {})
  await learn(portal)
  const [first = '', second = ''] = await candidatesOn()
  expect((await drafter.post(`${address}/${first}/acceptance`, { name: '' })).statusCode).toBe(422)
  expect(
    (await drafter.post(`${address}/${first}/acceptance`, { name: '看病', assign: 'yes' })).statusCode,
  ).toBe(303)
  const put = await portal.db.query.$count(commentThemes)
  expect(put).toBeGreaterThan(2)
  expect(await candidatesOn()).not.toContain(first)
  expect((await drafter.post(`${address}/${first}/acceptance`, { name: '又' })).statusCode).toBe(404)
  const into = /<option value="([0-9a-f-]{36})">看病/.exec((await drafter.get(address)).body)?.[1] ?? ''
  await drafter.post(`${address}/${second}/acceptance`, { into, name: '不看', assign: 'yes' })
  expect(await portal.db.query.$count(commentThemes, eq(commentThemes.themeId, into))).toBeGreaterThan(put)
  for (const left of await candidatesOn()) await drafter.post(`${address}/${left}/removal`, {})
  expect((await drafter.get(address)).body).toContain('没有候选主题')
})

test('parts of letters are read too, and go under the theme with the candidate that takes them', async () => {
  anewAfter()
  const { db, clock } = portal
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  const facts = { sentence: '看病难。', clause: 'p7', themeId: null, departmentId: null }
  const picked = { pointIds: [], comments: ids.slice(0, 30) }
  const act = { staffId: drafter.id, now: clock.now }
  await makeConcern(db, consultation?.id ?? '', facts, picked, act)
  await drafter.get(address)
  await drafter.post(address, {})
  await learn(portal)
  const page = (await drafter.get(address)).body
  expect(page).toContain('读了 <strong>90</strong> 条具体意见')
  for (const [place, candidate] of (await candidatesOn()).entries())
    await drafter.post(`${address}/${candidate}/acceptance`, { name: `主题${place}`, assign: 'yes' })
  const under = await db.query.$count(points, isNotNull(points.themeId))
  expect(under).toBeGreaterThan(20)
  // They teach from now on.
  await drafter.post(address, {})
  await learn(portal)
  const [, taught] = /其中人已归入 (\d+) 条/.exec((await drafter.get(address)).body) ?? []
  expect(Number(taught)).toBe(under + (await db.query.$count(commentThemes)))
})

test('what a candidate quotes is read from the comment as it stands, and gone with it', async () => {
  anewAfter()
  await drafter.get(address)
  await drafter.post(address, {})
  await learn(portal)
  expect((await drafter.get(address)).body).toMatch(/<li><a href="[^"]*splits/)
  await portal.db.query.update(comments).set({ state: 'withdrawn', body: '' })
  expect((await drafter.get(address)).body).not.toMatch(/<li><a href="[^"]*splits/)
  expect(ids).toHaveLength(90)
})

async function candidatesOn(): Promise<string[]> {
  const { body } = await drafter.get(address)
  return Array.from(body.matchAll(/candidates\/([^/"]+)\/removal/g), ([, first = '']) => first)
}
