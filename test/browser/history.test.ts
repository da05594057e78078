import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const body = '来回翻页也不该丢的一条意见。'
const bodyOf = (page: Page) => page.locator('textarea[name="comments[0][body]"]')

async function fillIn(page: Page, words = body): Promise<void> {
  await page.getByLabel('修改建议').check()
  await bodyOf(page).fill(words)
}

async function send(page: Page): Promise<string> {
  await page.goto(draft)
  await page.goto(`${draft}/clauses/p3/comments/new`)
  await fillIn(page)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  return (await page.locator('#receipt-code').textContent()) ?? ''
}

describe.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('with script: $script, $width px wide', (options) => {
  test('back from the review and from what is wrong leads to the form as it was typed, and forward again', async () => {
    const page = await portal.newPage(options)
    await page.goto(`${draft}/clauses/p3/comments/new`)
    await fillIn(page, '短')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByRole('heading', { name: '有 1 处需要修改' }).waitFor()
    await page.goBack()
    expect([await bodyOf(page).inputValue(), await page.getByLabel('修改建议').isChecked()]).toEqual([
      '短',
      true,
    ])
    await fillIn(page)
    await page.getByRole('button', { name: '先核对' }).click()
    await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
    await page.goBack()
    expect([await bodyOf(page).inputValue(), await page.getByLabel('修改建议').isChecked()]).toEqual([
      body,
      true,
    ])
    await page.goForward()
    await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
    await page.getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  })

  test('a reload gives the same receipt, and nothing is sent twice', async () => {
    const page = await portal.newPage(options)
    const code = await send(page)
    await page.reload()
    expect(await page.locator('#receipt-code').textContent()).toBe(code)
    expect(page.url()).not.toContain(code)
  })

  test('the page says before and after that the code is shown once', async () => {
    const page = await portal.newPage(options)
    await page.goto(`${draft}/clauses/p3/comments/new`)
    await page.getByText('查询码只显示一次，请当时记下').waitFor()
    await fillIn(page)
    await page.getByRole('button', { name: '提交意见' }).click()
    await page
      .getByText(options.script ? '在这个标签页里，后退、前进、刷新还能再看到' : '回执只显示这一次')
      .waitFor()
    await expectNoSidewaysScroll(page)
  })
})

test('in the tab that sent, back, forward and reload show the receipt until it is cleared; a copied address shows nothing', async () => {
  const page = await portal.newPage()
  const code = await send(page)
  const shown = () => page.locator('#receipt-code').allTextContents()
  await page.waitForURL('**/receipt')
  await expectAccessible(page)
  await page.getByRole('link', { name: '返回草案' }).click()
  await page.waitForURL(`**${draft}`)
  await page.goBack()
  await expect.poll(shown).toEqual([code])
  await page.goBack()
  await page.waitForURL(`**${draft}`)
  await page.goForward()
  await expect.poll(shown).toEqual([code])
  await page.reload()
  expect(await shown()).toEqual([code])

  const neighbour = await page.context().newPage()
  await neighbour.goto(page.url())
  await neighbour.getByText('这个标签页里没有要显示的回执').waitFor()
  expect(await neighbour.content()).not.toContain(code)

  await page.getByRole('button', { name: '我已记下，清除' }).click()
  await page.getByText('这个标签页里没有要显示的回执').waitFor()
  await expectAccessible(page)
  for (const go of ['goBack', 'goForward', 'goBack', 'reload'] as const) {
    await page[go]()
    expect(await page.content()).not.toContain(code)
    expect(await page.content()).not.toContain(body)
  }
})

test('the receipt goes from the tab after a day', async () => {
  const page = await portal.newPage()
  await page.clock.install()
  await send(page)
  await page.clock.fastForward('23:59:00')
  await page.reload()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  await page.clock.fastForward('00:02:00')
  await page.reload()
  await page.getByText('这个标签页里没有要显示的回执').waitFor()
  expect(await page.evaluate('sessionStorage.length')).toBe(0)
})

test('below its clause the form stays where it is when something is wrong in it, and the review leads back to it', async () => {
  const page = await portal.newPage({ width: 390 })
  await page.goto(draft)
  await page.locator('#p10 .say').click()
  const form = page.locator('#form-p10')
  await form.getByRole('textbox', { name: '意见内容' }).fill('短')
  await form.getByRole('button', { name: '提交意见' }).click()
  await form.locator('.error-summary:focus').waitFor()
  expect(await form.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('短')
  await expectAccessible(page)
  await page.goBack()
  expect(page.url()).toBe(portal.url + draft)
  expect(await form.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('短')
  await form.getByLabel('修改建议').check()
  await form.getByRole('textbox', { name: '意见内容' }).fill(body)
  await form.getByRole('button', { name: '先核对' }).click()
  await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
  await page.reload()
  expect(await bodyOf(page).inputValue()).toBe(body)
  await page.goBack()
  await page.locator('#p10 .say').click()
  expect(await form.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe(body)
})
