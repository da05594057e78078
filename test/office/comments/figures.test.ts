import { afterAll, beforeAll, expect, test } from 'vitest'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { arrivalDayKeeping } from '../../../server/jobs/arrival-days.ts'
import type { TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { aComment } from '../../moderation/comments.ts'
import { signIn } from '../../staff.ts'
import { filledPortal } from '../filled-consultation.ts'

let portal: TestPortal
const office = '/office/shanxi-laoqu'

beforeAll(async () => {
  portal = await filledPortal()
})
afterAll(() => portal.close())

test('every figure has its table, and is an image', async () => {
  const drafter = await signIn(portal, 'drafter')
  const { body } = await drafter.get(`${office}/figures`)
  expect(body).toContain('每天收到的意见')
  for (const figure of ['trend', 'identities', 'regions', 'channels']) {
    const image = await drafter.get(`${office}/figures/${figure}.svg`)
    expect(image.headers['content-type']).toBe('image/svg+xml')
    expect(image.body).toContain('<svg')
  }
  expect((await drafter.get(`${office}/figures/nothing.svg`)).statusCode).toBe(404)
})

test('what came on a day is the same before it is kept and after, and whenever more has come', async () => {
  const shown = async () => {
    const { body } = await (await signIn(portal, 'drafter')).get(`${office}/figures`)
    const days = body.matchAll(/day=(2026-11-\d\d)[^>]*>(\d+)</g)
    return Object.fromEntries(Array.from(days, ([, day, count]) => [day, count]))
  }
  const wait = (hours: number) => {
    portal.clock.now = new Date(portal.clock.now.getTime() + hours * 3_600_000)
  }
  await aComment(portal)
  wait(24)
  await aComment(portal)
  await aComment(portal)
  const before = await shown()
  expect(before).toMatchObject({ '2026-11-23': '1', '2026-11-24': '2' })
  const keeping = arrivalDayKeeping()
  expect(await doSome(portal.deps, keeping)).toBe(1)
  expect(await shown()).toEqual(before)
  expect(await doSome(portal.deps, keeping)).toBe(0)
  wait(24)
  await aComment(portal)
  expect(await shown()).toEqual({ ...before, '2026-11-25': '1' })
  await doSome(portal.deps, keeping)
  expect(await shown()).toEqual({ ...before, '2026-11-25': '1' })
  expect(await wrongCounts(portal.db)).toEqual([])
})
