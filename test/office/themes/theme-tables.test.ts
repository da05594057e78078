import { afterAll, beforeAll, expect, test } from 'vitest'
import { tagComments } from '../../../db/queries/themes/theme-comments.ts'
import { addTheme } from '../../../db/queries/themes/themes.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { aMember, signIn } from '../../staff.ts'
import { countedComments, expectExact } from '../counted-comments.ts'
import { saidOnThree } from './learning.ts'

let portal: TestPortal
beforeAll(async () => {
  portal = await buildTestApp()
})
afterAll(() => portal.close())

test('what persons have put under themes is counted by stance and by place, each figure a link', async () => {
  const drafter = await signIn(portal, 'drafter')
  const address = '/office/shanxi-laoqu/themes/tables'
  expect((await drafter.get(address)).body).toContain('还没有归入主题的意见')
  const { consultation, bySubject } = await saidOnThree(portal, 6)
  const act = { staffId: (await aMember(portal, 'drafter')).id, now: portal.clock.now }
  await addTheme(portal.db, consultation.id, { id: 'health', name: '医疗', words: [], clause: null }, act)
  await tagComments(portal.db, consultation.id, 'health', bySubject.health ?? [], act)
  const { body } = await drafter.get(address)
  expect(body).toContain('主题与态度')
  expect(body).toContain('主题与地区')
  const whole = Array.from(body.matchAll(/aria-label="医疗，合计：(\d+) 条"/g), ([, count]) => count)
  expect(whole).toEqual(['6', '6'])
  const links = countedComments(body)
  expect(links.length).toBeGreaterThanOrEqual(4)
  await expectExact(drafter, links)
  expect(body).toMatch(/href="[^"]*theme=health[^"]*stance=|href="[^"]*stance=[^"]*theme=health/)
})
