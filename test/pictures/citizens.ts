import type { Page } from 'playwright-core'
import { press, scrollTo } from './acts.ts'
import { take } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

const draft = '/consultations/shanxi-laoqu'

/** Somebody reads, says something on a clause, and looks up what became of it. @returns the code of the receipt */
export async function citizens({ visit }: ShownDemonstration): Promise<string> {
  const wide = await visit('wide')
  await wide.goto(draft)
  await take(wide, 'draft-wide')

  const phone = await visit('phone')
  await phone.goto(draft)
  await scrollTo(phone.getByRole('heading', { name: '一、总体要求' }))
  await take(phone, 'draft-phone')
  await phone.getByRole('link', { name: /^对（一）推进特优农业提质增效提意见/ }).click()
  await phone.getByLabel('修改建议').check()
  await phone.getByRole('textbox', { name: '意见内容' }).fill('建议把仓储保鲜补贴落实到村集体和合作社。')
  await scrollTo(phone.getByText('意见类型'))
  await take(phone, 'comment-form-phone')

  await press(phone, '提交意见')
  const code = await receivedCode(phone)
  // The code of a receipt is drawn by lot, and the QR code says it.
  await take(phone, 'receipt-phone', phone.locator('.qr'))
  await lookUp(phone, code)
  await take(phone, 'status-phone')
  return code
}

/** Sends a comment on a clause. @returns the code of its receipt */
export async function say(page: Page, clause: string, stance: string, body: string): Promise<string> {
  await page.goto(`${draft}/clauses/${clause}/comments/new`)
  await page.getByLabel(stance).check()
  await page.getByRole('textbox', { name: '意见内容' }).fill(body)
  await press(page, '提交意见')
  return receivedCode(page)
}

async function receivedCode(page: Page): Promise<string> {
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  return (await page.locator('#receipt-code').textContent()) ?? ''
}

/** Opens what the code of a receipt opens. */
export async function lookUp(page: Page, code: string): Promise<void> {
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await press(page, '查询')
  await page.getByRole('heading', { name: '办理情况' }).waitFor()
}
