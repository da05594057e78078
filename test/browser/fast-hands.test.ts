import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { oneADay } from '../moderation/comments.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, staffPage } from './browser.ts'

let portal: BrowsedPortal

beforeEach(async () => {
  portal = await browsePortal()
})
afterEach(() => portal.close())

const long = '这一段说的是村里的路、水和电，一条一条都要写清楚。'.repeat(120)

/** The queue with so many short comments before a moderator, the first claimed and on the screen. */
async function moderating(bodies: string[]): Promise<Page> {
  await oneADay(
    portal,
    bodies.map((body) => ({ body })),
  )
  const page = await staffPage(portal, 'moderator', { width: 1366, height: 660 })
  await page.goto('/moderation')
  return page
}

const short = Array.from({ length: 10 }, (_, place) => `第 ${place + 1} 条意见，希望写得更清楚`)

async function published(): Promise<string[]> {
  const rows = await portal.db.query.select().from(comments).where(eq(comments.state, 'published'))
  return rows.map(({ body }) => body)
}

const awake = (page: Page) => page.locator('#judging:not([data-asleep])').waitFor()

/** What was asked for while the keys went down is done. */
const settled = (page: Page) =>
  page.locator('.htmx-request, .htmx-swapping, .htmx-settling').first().waitFor({ state: 'detached' })

test('P held down for two seconds publishes the one that was read, and none unread', async () => {
  const page = await moderating(short)
  await page.keyboard.down('p')
  await page.keyboard.up('p')
  await settled(page)
  expect(await published()).toEqual([])
  await awake(page)
  const began = Date.now()
  while (Date.now() - began < 2000) {
    await page.keyboard.down('p')
    await page.waitForTimeout(33)
  }
  await page.keyboard.up('p')
  await settled(page)
  expect(await published()).toEqual([short[0]])
  await awake(page)
  await page.keyboard.press('p')
  await page.locator('#judged-body', { hasText: '第 3 条' }).waitFor()
  expect(await published()).toHaveLength(2)
})

test('P pressed twice 250 ms apart, or a double click, publishes one', async () => {
  const page = await moderating(short)
  await awake(page)
  await page.keyboard.press('p')
  await page.waitForTimeout(250)
  await page.keyboard.press('p')
  await settled(page)
  expect(await published()).toEqual([short[0]])
  await awake(page)
  const button = page.getByRole('button', { name: '纳入研究并公开' })
  await button.click({ clickCount: 2, delay: 20 })
  await page.waitForTimeout(150)
  await button.click()
  await settled(page)
  expect(await published()).toHaveLength(2)
})

test('a long comment is decided once all of it was on the screen, or by the key that says so', async () => {
  const page = await moderating([long, `${long}（二）`, short[0] ?? ''])
  await page.waitForTimeout(1000)
  await page.keyboard.press('p')
  await page.keyboard.press('r')
  await page.getByText('还有没看到的内容').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: '纳入研究并公开' }).click()
  await settled(page)
  expect(await published()).toEqual([])
  expect(await page.locator('.act[open]').count()).toBe(0)
  for (let count = 0; count < 12; count += 1) {
    await page.mouse.move(900, 300)
    await page.mouse.wheel(0, 300)
    await page.waitForTimeout(50)
  }
  await awake(page)
  await page.keyboard.press('p')
  await page.locator('#judged-body', { hasText: '（二）' }).waitFor()
  expect(await published()).toEqual([long])
  await page.waitForTimeout(1000)
  await page.keyboard.press('p')
  await settled(page)
  expect(await published()).toHaveLength(1)
  await page.keyboard.press('e')
  await page.keyboard.press('p')
  await page.locator('#judged-body', { hasText: short[0] ?? '' }).waitFor()
  expect(await published()).toHaveLength(2)
})

test('going on asks before a note is lost, and what was ticked stays ticked', async () => {
  const page = await moderating(short)
  await page.locator('#queue .choose').nth(5).check()
  await page.keyboard.press('j')
  await page.locator('#judged-body', { hasText: '第 2 条' }).waitFor()
  await settled(page)
  expect(await page.locator('#queue .choose:checked').count()).toBe(1)
  await awake(page)
  await page.keyboard.press('r')
  const text = await page.locator('#judged-body').boundingBox()
  const bar = await page.locator('#judging > .acts').boundingBox()
  expect((text?.y ?? -1) >= 0 && (text?.y ?? 0) + (text?.height ?? 0) <= (bar?.y ?? 0)).toBe(true)
  await page.getByLabel('备注').last().fill('与市民政局核对过')
  await page.locator('h1').click()
  page.once('dialog', (dialog) => dialog.dismiss())
  await page.keyboard.press('j')
  await page.waitForTimeout(300)
  expect(await page.getByLabel('备注').last().inputValue()).toBe('与市民政局核对过')
  page.once('dialog', (dialog) => dialog.accept())
  await page.keyboard.press('k')
  await page.locator('#judged-body', { hasText: '第 1 条' }).waitFor()
})
