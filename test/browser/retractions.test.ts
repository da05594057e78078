import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aComment } from '../moderation/comments.ts'
import { decided } from '../public/decided.ts'
import { type SignedIn, signIn } from '../staff.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  pageOf,
} from './browser.ts'

let portal: BrowsedPortal
let moderator: SignedIn

beforeAll(async () => {
  portal = await browsePortal()
  moderator = await signIn(portal, 'moderator')
})
afterAll(() => portal.close())

const base = '/consultations/shanxi-laoqu'

/** @param picture its name, where SCREENSHOTS names a folder. axe needs scripts. */
async function looksWell(page: Page, picture: string, script: boolean): Promise<void> {
  if (script) await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/${picture}.png`, fullPage: true })
}

const windows = [
  { width: 1280, script: true },
  { width: 320, script: true },
  { width: 800, script: false },
]

test.each(windows)('a citizen reports and a moderator hides: %o', async (options) => {
  const { width } = options
  const looksGood = (page: Page, picture: string) => looksWell(page, `${picture}-${width}`, options.script)
  const said = `我家在某村，我叫赵六，邻居都认识我，希望不要公开这一条。窗口${width}。`
  await aComment(portal, { body: said, proposal: 'amend', wording: `由赵六负责，窗口${width}。` })
  const id = await decided(portal, said, 'published')
  const citizen = await portal.newPage(options)
  await citizen.goto(`${base}/comments/${id}`)
  await looksGood(citizen, 'comment')
  await citizen.getByRole('link', { name: /^反映此条涉及我的信息/ }).click()
  await looksGood(citizen, 'report-form')
  await citizen.getByRole('button', { name: '反映' }).click()
  await citizen.getByText('我们会在 2026-11-26 以前处理').waitFor()
  await looksGood(citizen, 'report')

  const page = await pageOf(portal, moderator, options)
  await page.goto('/moderation/privacy-reports')
  await looksGood(page, 'reports')
  await page.getByRole('button', { name: '答复' }).first().click()
  await page.getByText('请选择处理结果').first().waitFor()
  await looksGood(page, 'reports-refused')
  await page.getByRole('link', { name: '只隐去其中的文字' }).last().click()
  await looksGood(page, 'form-comment')
  await page.getByLabel('要隐去的文字').fill('没有这几个字')
  await page.getByLabel('为什么').selectOption({ label: '涉及个人信息' })
  await page.getByRole('button', { name: '立即隐去' }).click()
  await page.getByText('没有这段文字').first().waitFor()
  await looksGood(page, 'form-refused')
  await page.getByLabel('要隐去的文字').fill(`赵六，邻居都认识我，希望不要公开这一条。窗口${width}`)
  await page.getByRole('button', { name: '立即隐去' }).click()
  await page.getByRole('heading', { name: '隐去记录' }).waitFor()
  await looksGood(page, 'record')
  await page.getByRole('button', { name: '查看隐去的文字（记入日志）' }).click()
  await page.getByRole('heading', { name: '隐去的文字' }).waitFor()
  await looksGood(page, 'record-words')
  await page.getByRole('link', { name: '立即隐去' }).first().click()
  await looksGood(page, 'list')
  expect((await citizen.goto(`${base}/comments/${id}`))?.status()).toBe(404)

  await page.goto('/moderation/privacy-reports')
  await page.getByLabel('处理结果').last().selectOption({ label: '已整条隐去' })
  await page.getByLabel('给反映人的话').last().fill('已经隐去，谢谢您告诉我们。')
  await page.getByRole('button', { name: '答复' }).last().click()
  await page.getByText('没有等着处理的反映。').waitFor()
  await looksGood(page, 'reports-empty')
  await citizen.goBack()
})
