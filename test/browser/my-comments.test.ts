import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'

/** Lets this many comments on clauses from p3 on wait in the browser, as if they had been typed. */
async function waiting(page: Page, count: number): Promise<void> {
  await page.goto(draft)
  await page.evaluate(
    `for (let i = 0; i < ${count}; i++) localStorage.setItem('draft:shanxi-laoqu:' + (1000 + i), JSON.stringify({
      clause: 'p' + (3 + i % 18), stance: 'amend', body: '律师的第 ' + (i + 1) + ' 条意见。' + '理由写得很长。'.repeat(20),
      proposal: '', wording: '', quote: '', written: 'x' }))`,
  )
}
const bodies = (page: Page) =>
  page
    .locator('.folded.is-filled textarea[name$="[body]"]')
    .evaluateAll((all) => all.map((one) => Reflect.get(one, 'value').slice(0, 9)))

test('clauses and the outline mark where something of mine waits, and lead to it', async () => {
  const page = await portal.newPage()
  await waiting(page, 3)
  await page.reload()
  const mark = page.locator('#p3 .clause-side').getByRole('link', { name: '我写了 1 条' })
  await mark.waitFor()
  expect(await page.locator('.outline .mine').count()).toBe(3)
  await expectAccessible(page)
  await mark.click()
  await page.waitForURL('**/comments/new#mine-p3')
  await page.getByText('共 3 条，按提交的先后排列').waitFor()
})

test('我的意见 is a list to go through: beside each its clause; it is jumped to, moved, deleted and kept so', async () => {
  const page = await portal.newPage({ width: 390 })
  await waiting(page, 4)
  await page.goto(`${draft}/comments/new`)
  await page.getByText('共 4 条，按提交的先后排列').waitFor()
  const second = page.locator('.folded').filter({ hasText: '（二）' }).first()
  expect(await second.locator('.clause-text').isVisible()).toBe(true)
  expect(await page.locator('.rest').getByText('给别的条款提意见').isVisible()).toBe(true)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await second.getByRole('button', { name: '上移' }).click()
  const [first, , third] = ['律师的第 2 条意', '律师的第 1 条意', '律师的第 3 条意', '律师的第 4 条意']
  await expect.poll(async () => (await bodies(page))[0]).toContain(first?.slice(0, 6))
  await page.reload()
  await expect
    .poll(async () => (await bodies(page)).map((one) => one.slice(0, 7)))
    .toEqual(['律师的第 2 ', '律师的第 1 ', '律师的第 3 ', '律师的第 4 '])
  page.once('dialog', (dialog) => dialog.accept())
  const gone = page.locator('.folded').filter({ hasText: '（三）' }).first()
  await gone.getByRole('button', { name: '删除这一条' }).click()
  await page.getByText('共 3 条').waitFor()
  await page.reload()
  await page.getByText('共 3 条').waitFor()
  expect((await bodies(page)).join()).not.toContain(third?.slice(0, 6))
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  const sent = (await portal.db.query.select().from(comments).orderBy(comments.number)).slice(-3)
  expect(sent.map(({ clause }) => clause)).toEqual(['p4', 'p3', 'p6'])
})

test('where there is room each comment has its clause beside it, also the second on a clause', async () => {
  const page = await portal.newPage({ width: 1366, height: 660 })
  await waiting(page, 40)
  await page.goto(`${draft}/comments/new`)
  await page.locator('.totals a').nth(1).click()
  const second = page.locator('.folded[open]')
  const place = async (what: string) =>
    (await second.locator(what).boundingBox()) ?? { x: NaN, y: NaN, width: NaN }
  const [text, words, acts] = [
    await place('.paper'),
    await place('textarea[name$="[body]"]'),
    await place('.part-acts'),
  ]
  expect(text.x + text.width).toBeLessThan(words.x)
  expect(Math.abs(acts.x - words.x)).toBeLessThan(5)
  await expectAccessible(page)
  // Words that are marked in it are this comment's.
  await page.evaluate(`{
    const text = document.querySelector('.folded[open] .clause-text').lastChild
    document.getSelection().setBaseAndExtent(text, 12, text, 22)
  }`)
  await expect.poll(() => second.locator('.quote-line').textContent()).toContain('“')
  expect(await page.locator('.folded .quote-line', { hasText: '“' }).count()).toBe(1)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await second.locator('.paper').isVisible()).toBe(false)
})

test('the review of forty is folded by clause, jumped in, open on paper, and leads to each comment to change it', async () => {
  const page = await portal.newPage()
  await waiting(page, 40)
  await page.goto(`${draft}/comments/new`)
  await page.getByText('共 40 条').waitFor()
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByText('共 40 条意见').waitFor()
  expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThan(6000)
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 800 })
  await expectNoSidewaysScroll(page)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate('dispatchEvent(new Event("beforeprint"))')
  expect(await page.getByText('律师的第 40 条意见').isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page
    .getByRole('link', { name: /（二）/ })
    .first()
    .click()
  const group = page.locator('#on-p4')
  await group.getByRole('button', { name: /^修改/ }).last().click()
  await page.locator('textarea:focus').waitFor()
  expect(await page.locator('textarea:focus').inputValue()).toContain('律师的第 38 条意见')
  // Each stands under its own clause.
  expect(await page.locator('.comment-form .paper').count()).toBe(18)
  await expectNoSidewaysScroll(page)
})

test('without a script the review is whole, and leads to each comment to change it', async () => {
  const page = await portal.newPage({ script: false, width: 320 })
  await page.goto(`${draft}/comments/new`)
  for (const name of ['（一）推进特优农业提质增效', '（二十）完善合作机制']) {
    const part = page.locator('.folded').filter({ hasText: name })
    await part.locator('summary').first().click()
    await part.getByLabel('反对').check()
    await part.getByRole('textbox', { name: '意见内容' }).fill(`不同意${name}。`)
  }
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByRole('button', { name: /^修改.*完善合作机制/ }).click()
  expect(page.url()).toMatch(/#p3-comments-1-clause$/)
  expect(await page.locator('.comment-form .paper').count()).toBe(2)
  await expectNoSidewaysScroll(page)
})

test('seventy remarks are sent in two parts, each with its receipt in the tab, and looked up together', async () => {
  const before = (await portal.db.query.select().from(comments)).length
  const page = await portal.newPage({ width: 390 })
  await waiting(page, 70)
  await page.goto(`${draft}/comments/new`)
  await page.getByText('共 70 条').waitFor()
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByText('还有 10 条没有提交').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  expect(await page.evaluate('Object.keys(localStorage).length')).toBe(10)
  await page.getByRole('button', { name: '提交第二份' }).click()
  await page.getByText('这是第二份的回执').waitFor()
  expect(await page.evaluate('localStorage.length')).toBe(0)
  expect((await portal.db.query.select().from(comments)).length).toBe(before + 70)
  await page.reload()
  expect(await page.locator('.confirmation').count()).toBe(2)
  expect(await page.getByRole('button', { name: '提交第二份' }).count()).toBe(0)
  await page.getByRole('button', { name: '一起查询两张回执' }).click()
  await page.getByText('同一次写下的另一张回执').waitFor()
  expect(await page.locator('.comment').count()).toBe(70)
  await expectAccessible(page)
})
