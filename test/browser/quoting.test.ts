import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'

/** Marks words of the clause p10, one more after another as a finger does. */
async function mark(page: Page, words: string): Promise<void> {
  await page.evaluate(`{
    const text = document.querySelector('#p10 .clause-text').lastChild
    const at = text.data.indexOf('${words}')
    for (let length = 4; length <= ${words.length}; length++)
      document.getSelection().setBaseAndExtent(text, at, text, at + length)
  }`)
}

const waiting = (page: Page) =>
  page.evaluate(
    `Object.keys(localStorage).filter((key) => key.startsWith('draft:')).sort().map((key) => {
      const { quote, body } = JSON.parse(localStorage[key])
      return [quote, body]
    })`,
  )

test('marking words brings 提意见 to them, and the quotation is one line', async () => {
  const page = await portal.newPage({ width: 390 })
  await page.goto(draft)
  await page.evaluate(`{
    const text = document.querySelector('#p10 .clause-text').lastChild
    const at = text.data.indexOf('有序打造抽水蓄能电站')
    document.getSelection().setBaseAndExtent(text, at, text, at + 10)
  }`)
  const offer = page.locator('.at-selection')
  await offer.waitFor()
  await expectNoSidewaysScroll(page)
  await offer.click()
  await page.locator('#form-p10 form').waitFor()
  const line = page.locator('#form-p10 summary.quote-line')
  await line.getByText('“有序打造抽水蓄能电站”').waitFor()
  expect((await line.boundingBox())?.height).toBeLessThan(60)
  expect(await page.locator('#form-p10 .sentences').isVisible()).toBe(false)
  await expectAccessible(page)
  await page.evaluate('document.getSelection().removeAllRanges()')
  await offer.waitFor({ state: 'hidden' })
})

test('words that are marked while the form is open are quoted in one place of the list', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  await page.locator('#p10 .say').click()
  const sentences = page.locator('#form-p10 .sentences input')
  await page.locator('#form-p10 form').waitFor()
  const before = await sentences.count()
  for (const words of ['有序打造抽水蓄能', '有序打造抽水蓄能电站', '完善跨省输电', '完善跨省输电通道']) {
    await mark(page, words)
    await page.waitForTimeout(50)
  }
  await expect.poll(() => page.locator('#form-p10 .quote-line').textContent()).toContain('完善跨省输电通道')
  expect(await sentences.count()).toBe(before + 1)
})

test('a comment that waits keeps its quotation when other words are marked: they begin another', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  const form = page.locator('#form-p10')
  const body = form.getByRole('textbox', { name: '意见内容' })
  await page.locator('#p10 .say').click()
  await form.locator('form').waitFor()
  await mark(page, '有序打造抽水蓄能电站')
  await expect.poll(() => form.locator('.quote-line').textContent()).toContain('有序打造')
  await body.fill('说抽水蓄能电站的一条。')
  await page.getByRole('button', { name: '先存着' }).click()
  const first = ['有序打造抽水蓄能电站', '说抽水蓄能电站的一条。']

  // Once with the form put away in the page, once with the page loaded again.
  await mark(page, '完善跨省输电通道')
  await page.locator('.at-selection').click()
  await expect.poll(() => form.locator('.quote-line').textContent()).toContain('完善跨省输电通道')
  expect(await waiting(page)).toEqual([first])
  await body.fill('说输电通道的一条。')
  await page.reload()
  await mark(page, '推进革命老区新型信息')
  await page.locator('.at-selection').click()
  await expect.poll(() => form.locator('.quote-line').last().textContent()).toContain('推进革命老区')
  expect(await waiting(page)).toEqual([first, ['完善跨省输电通道', '说输电通道的一条。']])
})

test('on a clause’s page the button that opened the form steps back: one button counts', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p10`)
  const counting = () => page.locator('.primary:visible').allTextContents()
  expect((await counting()).length).toBe(1)
  await page.locator('a.primary').click()
  await page.locator('#form-p10 form').waitFor()
  expect((await counting()).map((text) => text.trim())).toEqual(['提交意见'])
  await page.getByRole('textbox', { name: '意见内容' }).fill('先存着的一条意见。')
  await page.getByRole('button', { name: '先存着' }).click()
  expect((await counting()).map((text) => text.trim())).toEqual(['对这一条提意见'])
})
