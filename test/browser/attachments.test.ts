import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachments } from '../../db/schema/index.ts'
import { offered } from '../public/offered.ts'
import { files } from '../public/sent-files.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
  await offered(portal, 'attachments')
})
afterAll(() => portal.close())

const form = '/consultations/shanxi-laoqu/clauses/p3/comments/new'
const letter = { name: '来函.pdf', mimeType: 'application/pdf', buffer: files.pdf }
const drawing = { name: '附图.png', mimeType: 'image/png', buffer: files.png }
const webPage = { name: '网页.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') }

test.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('an organisation sends files with script: $script, $width px wide', async (options) => {
  const before = await portal.db.query.$count(attachments)
  const page = await portal.newPage(options)
  const settled = async () => {
    await expectNoSidewaysScroll(page)
    if (options.script) await expectAccessible(page)
  }
  await page.goto(form)
  await page.getByLabel('修改建议').check()
  await page.getByRole('textbox', { name: '意见内容' }).fill('我单位建议写明补贴的对象和标准。')
  await page.getByText('关于您').first().click()
  await page.getByLabel('身份').selectOption('企业')
  await page.getByLabel('单位名称').fill('某农业合作社')
  await page.getByLabel('附件').setInputFiles([letter, webPage])
  await settled()
  await page.getByRole('button', { name: '提交意见' }).click()

  await page.getByText('附件“网页.pdf”不是能接收的文件').first().waitFor()
  await settled()
  await page.getByRole('link', { name: /附件“网页.pdf”不是能接收的文件/ }).click()
  expect(page.url()).toMatch(/#p3-attachments$/)
  expect(await page.getByLabel('单位名称').inputValue()).toBe('某农业合作社')
  expect(await page.getByRole('checkbox', { name: '来函.pdf（1 KB）' }).isChecked()).toBe(true)
  await page.getByRole('button', { name: '先核对' }).click()

  await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
  expect(await page.getByRole('checkbox', { name: '来函.pdf（1 KB）' }).isChecked()).toBe(true)
  await settled()
  await page.getByLabel('附件', { exact: true }).setInputFiles([drawing])
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  await page.getByText('来函.pdf（1 KB）').waitFor()
  const code = (await page.locator('#receipt-code').textContent()) ?? ''
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText('附图.png（1 KB）').waitFor()
  await settled()
  expect(await portal.db.query.$count(attachments)).toBe(before + 2)
})
