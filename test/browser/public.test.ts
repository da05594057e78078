import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const body = '建议写明补贴的对象和标准，便于农户了解。'

describe.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('a citizen with script: $script, $width px wide', (options) => {
  test('reads, says something on a clause, and looks up what became of it', async () => {
    const page = await portal.newPage(options)
    await page.goto('/')
    await page.getByRole('link', { name: /革命老区振兴发展/ }).click()
    await page.getByRole('link', { name: '对（一）推进特优农业提质增效提意见' }).click()

    await page.getByLabel('修改建议').check()
    await page.getByRole('textbox', { name: '意见内容' }).fill(body)
    await page.getByRole('button', { name: '提交意见' }).click()

    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
    const code = (await page.locator('#receipt-code').textContent()) ?? ''
    await page.getByRole('link', { name: '查询我的意见' }).first().click()
    await page.getByLabel('请输入提交时得到的查询码').fill(code)
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('待审核').waitFor()
    expect(await page.locator('.comment-body').textContent()).toBe(body)
  })

  test('is told what is wrong, with what was typed still there', async () => {
    const page = await portal.newPage(options)
    await page.goto(`${draft}/clauses/p3/comments/new`)
    await page.getByRole('textbox', { name: '意见内容' }).fill('好')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByText('有 2 处需要修改').waitFor()
    expect(await page.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('好')
    await page.getByRole('link', { name: '意见内容至少 5 个字' }).click()
    expect(page.url()).toMatch(/#p3-comments-0-body$/)
  })
})

test('the summary of what is wrong takes the focus', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p3/comments/new`)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.locator('#errors:focus').waitFor()
  await expectAccessible(page)
})

test('the form opens under its clause, takes the focus, and goes away again', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  const say = page.getByRole('link', { name: '对（八）建设完善现代化基础设施提意见' })
  await say.click()
  await page.locator('#form-p10 input:focus').waitFor()
  await expectAccessible(page)
  await say.click()
  await page.locator('#form-p10 form').waitFor({ state: 'hidden' })
  expect(page.url()).toBe(`${portal.url}${draft}`)
})

const pages = [
  '/',
  draft,
  `${draft}/clauses/p3`,
  `${draft}/clauses/p3/comments/new`,
  `${draft}/comments/new`,
  `${draft}/comments`,
  '/receipts',
  '/privacy',
  '/nothing',
]

test.each(pages)('%s is accessible and fits 320 px, also in large text', async (path) => {
  const page = await portal.newPage({ width: 320 })
  await page.goto(path)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.goto(`${path}?text=large&contrast=high`)
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
