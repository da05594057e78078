import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const rewritten = '过了几天重新写的一大段意见，写得比原来清楚。'
const words = (page: Page) => page.locator('textarea[name="words[body]"]')
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()

/** Sends a comment by a program. @returns the code of its receipt */
async function sent(): Promise<string> {
  const comment = { clause: 'p5', stance: 'oppose', body: '几天以后要改的一条意见。' }
  const { receipt } = await fetch(`${portal.url}${draft}/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ comments: [comment] }),
  }).then((answer) => answer.json() as Promise<{ receipt: { code: string } }>)
  return receipt.code
}

async function lookUp(page: Page, code: string): Promise<void> {
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await page.getByRole('button', { name: '查询' }).click()
  await heading(page, '办理情况')
}

async function revise(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^修改/ }).click()
  await words(page).waitFor()
}

const last = async () => (await portal.db.query.select().from(comments).orderBy(comments.number)).at(-1)?.body

describe.each([
  { script: true, width: 1366 },
  { script: false, width: 320 },
])('with script: $script, $width px wide', (options) => {
  test('back from what is wrong leads to the revision as it was typed, and so it is sent', async () => {
    const page = await portal.newPage(options)
    await lookUp(page, await sent())
    await revise(page)
    await words(page).fill('短')
    await page.locator('button.primary').click()
    await page.locator('.error-summary').waitFor()
    await expectNoSidewaysScroll(page)
    await page.goBack()
    await expect.poll(() => words(page).inputValue()).toBe('短')
    await words(page).fill(rewritten)
    await page.locator('button.primary').click()
    await page.getByText(rewritten).waitFor()
    expect(await last()).toBe(rewritten)
  })
})

test('without network looking up and revising stay where they are, and arrive by themselves', async () => {
  const page = await portal.newPage({ width: 390 })
  const code = await sent()
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await expectAccessible(page)
  await page.context().setOffline(false)
  await heading(page, '办理情况')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: /^修改/ }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await expectNoSidewaysScroll(page)
  await page.context().setOffline(false)
  await words(page).fill(rewritten)
  await page.context().setOffline(true)
  await page.locator('button.primary').click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  expect(await words(page).inputValue()).toBe(rewritten)
  await expectAccessible(page)
  await page.context().setOffline(false)
  await heading(page, '办理情况')
  expect(await last()).toBe(rewritten)
  expect(await page.evaluate('JSON.stringify(localStorage)')).toBe('{}')
})

test('back and forward lead between looking up, the state and a revision that is typed', async () => {
  const page = await portal.newPage()
  await lookUp(page, await sent())
  await revise(page)
  await words(page).fill(rewritten)
  await page.goBack()
  await heading(page, '办理情况')
  await page.goBack()
  await page.getByLabel('请输入提交时得到的查询码').waitFor()
  await page.goForward()
  await heading(page, '办理情况')
  await page.goForward()
  expect(await words(page).inputValue()).toBe(rewritten)
})

test('what was typed is there again after a reload and after the page was closed, until it is forgotten', async () => {
  const page = await portal.newPage({ width: 320 })
  const code = await sent()
  await lookUp(page, code)
  await revise(page)
  await words(page).fill(rewritten)
  await page.getByText('写下的内容暂存在这台设备的浏览器里').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.reload()
  await heading(page, '办理情况')
  await revise(page)
  expect(await words(page).inputValue()).toBe(rewritten)

  const other = await page.context().newPage()
  await page.close()
  await lookUp(other, code)
  await revise(other)
  expect(await words(other).inputValue()).toBe(rewritten)
  await other.getByRole('button', { name: '清除暂存的内容' }).click()
  expect(await words(other).inputValue()).toBe('几天以后要改的一条意见。')
  expect(await other.evaluate('JSON.stringify(localStorage)')).toBe('{}')
})

test('in the tab that looked up a reload shows the state again until it is cleared, elsewhere nothing', async () => {
  const page = await portal.newPage()
  const code = await sent()
  await lookUp(page, code)
  await page.reload()
  await heading(page, '办理情况')
  await page.reload()
  await heading(page, '办理情况')
  expect(page.url()).not.toContain(code)
  const neighbour = await page.context().newPage()
  await neighbour.goto(page.url())
  expect(await neighbour.getByLabel('请输入提交时得到的查询码').inputValue()).toBe('')

  await page.getByRole('button', { name: '看完了，清除' }).click()
  await page.getByLabel('请输入提交时得到的查询码').waitFor()
  expect(await page.getByLabel('请输入提交时得到的查询码').inputValue()).toBe('')
  for (const go of ['goBack', 'goForward', 'reload'] as const) {
    await page[go]()
    // It is loaded anew where nothing of it is kept.
    await expect.poll(() => page.content().catch(() => code)).not.toContain(code)
    expect(await page.getByText('几天以后要改的一条意见').count()).toBe(0)
  }
})

test('what is not found is said on the page with the code as it was typed', async () => {
  const page = await portal.newPage()
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill('7K3M-9QXD-4T2B-HN8W-6RPC-VJ5Y')
  await page.getByRole('button', { name: '查询' }).click()
  await page.locator('.error-summary:focus').waitFor()
  expect(await page.locator('#code').inputValue()).toBe('7K3M-9QXD-4T2B-HN8W-6RPC-VJ5Y')
})
