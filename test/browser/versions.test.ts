import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal
const office = '/office/shanxi-laoqu'

sharedPortal(async () => {
  portal = await browsePortal()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(
    portal.db,
    consultation,
    ['p7', 'p8'].map((clause) => ({ ...amendment, clause })),
  )
  return portal
})

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
  await page.waitForLoadState()
}

async function draft(page: Page, clause: string): Promise<string> {
  await page.goto(`${office}/responses/new?clause=${clause}`)
  await page.getByLabel('采纳', { exact: true }).check()
  await page.getByLabel('理由').fill('已写明。')
  await press(page, '保存为草稿')
  return page.url()
}

test('who saves second stands at what happened, chooses by keyboard, and brings an earlier version back', async () => {
  const first = await staffPage(portal, 'drafter', { script: false })
  const address = await draft(first, 'p7')
  const second = await staffPage(portal, 'drafter', { script: true, width: 320 })
  await second.goto(address)
  await first.getByLabel('理由').fill('先保存的理由。')
  await press(first, '保存修改')
  await second.getByLabel('理由').fill('后保存的理由。')
  await press(second, '保存修改')
  await second.locator('#conflict:focus').waitFor()
  await expectAccessible(second)
  await expectNoSidewaysScroll(second)
  expect(await second.getByLabel('理由').inputValue()).toBe('后保存的理由。')
  await second.getByRole('button', { name: '存为第 3 版' }).focus()
  await second.keyboard.press('Enter')
  await second.getByText('（第 3 版）').waitFor()

  await second.getByRole('link', { name: '以前的版本' }).click()
  await expectAccessible(second)
  await expectNoSidewaysScroll(second)
  await press(second, /恢复这一版.*第 2 版/)
  await second.getByText('（第 4 版）').waitFor()
  expect(await second.getByLabel('理由').inputValue()).toBe('先保存的理由。')
})

test('an answer is corrected by two, with and without script', async () => {
  const drafter = await staffPage(portal, 'drafter', { script: false })
  const address = await draft(drafter, 'p8')
  await press(drafter, '送审')
  const approver = await staffPage(portal, 'approver', { script: true, width: 320 })
  await approver.goto(address)
  await press(approver, '批准')
  await drafter.goto(address)
  await drafter.locator('summary', { hasText: '提出更正' }).click()
  await press(drafter, '提出更正')
  await drafter.locator('.error-summary:focus').waitFor()
  await drafter.getByLabel('未采纳').check()
  await drafter.getByLabel('理由').fill('没有写入。')
  await drafter.getByLabel('更正原因').fill('原答复有误。')
  await press(drafter, '提出更正')
  await drafter.getByText('等待另一位审批人员批准').waitFor()

  await approver.goto(`${office}/response-corrections`)
  await expectAccessible(approver)
  await expectNoSidewaysScroll(approver)
  await approver.getByRole('link', { name: /的 1 条意见/ }).click()
  await expectAccessible(approver)
  await expectNoSidewaysScroll(approver)
  await press(approver, '批准更正')
  await approver.getByText('已更正', { exact: true }).waitFor()
  await approver.locator('summary', { hasText: '提出更正' }).click()
  await expectAccessible(approver)
  await expectNoSidewaysScroll(approver)
})
