import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submissions } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const body = '在不能暂存的浏览器里写下的意见。'
const sent = () => portal.db.query.$count(submissions)

/** As browsers within apps do, and those that are told to keep nothing. */
const refused = `for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError') } })`
/** A store that is full takes nothing more. */
const full = `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`

async function open(page: Page): Promise<void> {
  await page.goto(draft)
  await page.locator('#p3 .say').click()
  await page.locator('#form-p3').getByLabel('修改建议').check()
  await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).fill(body)
}

test.each([
  ['refused', refused],
  ['full', full],
])(
  'where storage is %s, 先存着 is not offered, the page says why, and sends all the same',
  async (_, script) => {
    const before = await sent()
    const page = await portal.newPage({ width: 320 })
    await page.addInitScript(script)
    await open(page)
    await page.getByText('这个浏览器不让网站暂存内容，或者已经存满').waitFor()
    expect(await page.getByRole('button', { name: '先存着' }).isVisible()).toBe(false)
    expect(await page.getByText('写下的内容暂存在这台设备的浏览器里').isVisible()).toBe(false)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    // Closing while something stands there that is kept nowhere is asked about.
    const asked = page.waitForEvent('dialog')
    const closing = page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await closing
    // Leaving for the receipt is not.
    let questions = 0
    page.on('dialog', async (question) => {
      questions++
      await question.accept()
    })
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
    await page.getByText('回执只显示这一次').waitFor()
    expect(questions).toBe(0)
    const code = await page.locator('#receipt-code').textContent()
    expect(await sent()).toBe(before + 1)
    await page.reload()
    expect(await page.locator('#receipt-code').textContent()).toBe(code)
    expect(await sent()).toBe(before + 1)
  },
)

test('several clauses are spoken of in one form where nothing can be kept', async () => {
  const before = await sent()
  const page = await portal.newPage({ width: 390 })
  await page.addInitScript(refused)
  await open(page)
  await page.evaluate('document.querySelector("#form-p3 .part").dataset.kept = "yes"')
  await page.getByRole('link', { name: '各条写在一页里的表单' }).click()
  await page.waitForURL('**/comments/new')
  for (const name of ['（一）推进特优农业提质增效', '（二十）完善合作机制']) {
    const part = page.locator('.folded').filter({ hasText: name })
    await part.locator('summary').first().click()
    await part.getByLabel('反对').check()
    await part.getByRole('textbox', { name: '意见内容' }).fill(`${body}${name}`)
  }
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByText('共 2 条意见').waitFor()
  await page.goBack()
  const first = page.locator('.folded').filter({ hasText: '（一）推进特优农业提质增效' })
  expect(await first.getByRole('textbox', { name: '意见内容' }).inputValue()).toContain(body)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  expect(await sent()).toBe(before + 1)
})

test('a store that fills up while one writes takes the offer back before the text is folded away', async () => {
  const page = await portal.newPage()
  await open(page)
  await page.evaluate(full)
  await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).pressSequentially('还有几个字')
  await page.getByText('这个浏览器不让网站暂存内容，或者已经存满').waitFor()
  expect(await page.getByRole('button', { name: '先存着' }).isVisible()).toBe(false)
  expect(await page.locator('#form-p3 form').isVisible()).toBe(true)
})

test('what is said of oneself is kept like the text, forgotten when asked, and nothing stays on 公用电脑', async () => {
  const page = await portal.newPage()
  const left = () => page.evaluate('JSON.stringify([localStorage, Object.keys(sessionStorage)])')
  const form = page.locator('form.comment-form')
  await page.goto(`${draft}/clauses/p5/comments/new`)
  await form.getByText('关于您').first().click()
  await form.getByLabel('姓名', { exact: true }).fill('朱小明')
  await form.getByLabel('联系方式').fill('zhu@example.cn')
  await page.reload()
  expect(await form.getByLabel('姓名', { exact: true }).inputValue()).toBe('朱小明')
  await expectAccessible(page)
  await page.getByRole('button', { name: '忘掉' }).click()
  expect(await form.getByLabel('联系方式').inputValue()).toBe('')
  expect(await left()).not.toContain('朱小明')

  await form.getByLabel('姓名', { exact: true }).fill('朱小明')
  await form.getByRole('textbox', { name: '意见内容' }).fill(body)
  await form.getByLabel('赞成').check()
  await page.getByLabel('这是公用电脑，不要在上面留下任何内容').check()
  await page.getByText('不在这台电脑上留下任何内容：请在这一页写完就提交').waitFor()
  expect(await page.getByRole('button', { name: '先存着' }).isVisible()).toBe(false)
  await form.getByRole('textbox', { name: '意见内容' }).pressSequentially('又写了一些')
  expect(await left()).toBe('[{},["shared"]]')
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  expect(await left()).toBe('[{},["shared"]]')
  await page.goBack()
  await page.goForward()
  expect(await page.locator('#receipt-code').count()).toBe(0)
})
