import { afterAll, beforeAll, expect, test } from 'vitest'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { arrivalDayKeeping } from '../../../server/jobs/arrival-days.ts'
import type { TestPortal } from '../../build.ts'
import { doSome } from '../../jobs/doing.ts'
import { aComment } from '../../moderation/comments.ts'
import { signIn } from '../../staff.ts'
import { countedComments, expectExact } from '../counted-comments.ts'
import { amendment, filledPortal, say } from '../filled-consultation.ts'

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

test('places stand in their official order, 未填写 last; each row has its sum and share, and every count its list', async () => {
  const own = await filledPortal()
  const consultation = (await findConsultation(own.db, 'shanxi-laoqu')) ?? expect.unreachable()
  const [first, second] = consultation.regions.map(({ name }) => name)
  const from = ['国外', second ?? '', `${first}${consultation.regions[0]?.counties[0]}`, null]
  await say(
    own.db,
    consultation,
    from.map((region) => ({ ...amendment, clause: 'p2', region, channel: 'letter' })),
  )
  const drafter = await signIn(own, 'drafter')
  const { body } = await drafter.get(`${office}/figures`)
  const [, regions = ''] = /aria-label="各条款收到的意见（按地区）"(.*?)<\/table>/s.exec(body) ?? []
  const heads = Array.from(regions.matchAll(/<th scope="col" class="number">([^<]*)</g), ([, head]) => head)
  expect(heads).toEqual([...placesIn(heads, consultation.regions), '国外', '未填写', '合计', '占全部的'])
  expect(regions.match(/<th scope="row">合计</g)).toHaveLength(1)
  const shares = Array.from(regions.matchAll(/>([\d.]+)%</g), ([, share]) => Number(share))
  expect(shares.pop()).toBe(100)
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(0.5)
  const links = countedComments(body)
  expect(links.length).toBeGreaterThan(60)
  await expectExact(drafter, links)
  await own.close()
})

function placesIn(heads: (string | undefined)[], regions: { name: string }[]): string[] {
  const places = regions.map(({ name }) => name).filter((name) => heads.includes(name))
  expect(places.length).toBeGreaterThan(1)
  return places
}
