import { isNull } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endorsements } from '../../db/schema/index.ts'
import { decided, submitComment } from '../public/decided.ts'
import { offered } from '../public/offered.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
const clause = '/consultations/shanxi-laoqu/clauses/p3'
const body = '建议写明补贴的对象和标准，便于农户了解。'

beforeAll(async () => {
  portal = await browsePortal()
  await submitComment(portal, 'p3', body)
  await decided(portal, body, 'published')
  await offered(portal, 'endorsements')
})
afterAll(() => portal.close())

test.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('endorsed and taken back with script: $script, $width px wide', async (options) => {
  const before = await portal.db.query.$count(endorsements)
  const standing = await portal.db.query.$count(endorsements, isNull(endorsements.withdrawnAt))
  const page = await portal.newPage(options)
  const settled = async () => {
    await expectNoSidewaysScroll(page)
    if (options.script) await expectAccessible(page)
  }
  await page.goto(clause)
  await settled()
  await page.getByRole('button', { name: /^附议 ?：建议写明补贴/ }).click()
  if (!options.script) {
    await page.getByRole('heading', { name: '附议这条意见' }).waitFor()
    await settled()
    await page.getByRole('button', { name: '确认附议' }).click()
  }
  await page.getByRole('heading', { name: '附议已收到' }).waitFor()
  await settled()
  const code = (await page.locator('#receipt-code').textContent()) ?? ''
  await page.goto(clause)
  await page.getByText(`附议 ${standing + 1} 人次（未核实）`).waitFor()
  await settled()

  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText('已计入').waitFor()
  await settled()
  await page.getByRole('button', { name: '撤回附议' }).click()
  await page.getByRole('button', { name: '确认撤回附议' }).waitFor()
  await settled()
  await page.getByRole('button', { name: '确认撤回附议' }).click()
  await page.getByText('附议已经撤回').waitFor()
  await settled()
  await page.goto(clause)
  expect(await page.getByText(`附议 ${standing} 人次`).count()).toBe(standing === 0 ? 0 : 1)
  expect(await portal.db.query.$count(endorsements)).toBe(before + 1)
})

test('the page that asks to confirm is accessible', async () => {
  const page = await portal.newPage()
  await page.goto(clause)
  await page.evaluate("document.querySelector('[data-key]').removeAttribute('data-key')")
  await page.getByRole('button', { name: /^附议/ }).click()
  await page.getByRole('button', { name: '确认附议' }).waitFor()
  await expectAccessible(page)
})

test('words that wait in the browser are not forgotten by an endorsement, and one tap sent twice is one', async () => {
  const before = await portal.db.query.$count(endorsements)
  const page = await portal.newPage()
  await page.goto(`${clause}/comments/new`)
  await page.getByRole('textbox', { name: '意见内容' }).fill('写到一半的意见内容')
  await page.goto(clause)
  const button = page.getByRole('button', { name: /^附议/ })
  await button.dblclick()
  await page.getByRole('heading', { name: '附议已收到' }).waitFor()
  expect(await portal.db.query.$count(endorsements)).toBe(before + 1)
  await page.goto(`${clause}/comments/new`)
  expect(await page.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('写到一半的意见内容')
})
