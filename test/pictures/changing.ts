import type { Page } from 'playwright-core'
import { press, scrollTo } from './acts.ts'
import { take } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

const office = '/office/shanxi-laoqu'
const clause = `${office}/clauses/p3`

/** A clause is changed for what was said of it, and the next round goes out with it. */
export async function changing({ visit }: ShownDemonstration): Promise<void> {
  const [drafter, approver] = [await visit('wide', '起草员'), await visit('wide', '审批人')]
  await change(drafter)
  await approver.goto(clause)
  await press(approver, '批准修改稿')
  await makeRound(drafter)
  await approver.goto(`${office}/publication`)
  await press(approver, '批准公布')
  await approver.getByRole('heading', { name: '第 2 稿等待公布' }).waitFor({ state: 'detached' })
}

async function change(page: Page): Promise<void> {
  await page.goto(clause)
  const text = page.getByLabel('修改后的条款（不含序号）')
  await text.fill(`${await text.inputValue()}支持产地冷库和烘干设施建设。`)
  await page.getByLabel('说明', { exact: true }).fill('根据公众意见，增加产地冷库和烘干设施的内容。')
  await press(page, '保存修改稿，送批准')
  const revised = page.getByRole('heading', { name: '等待批准的修改稿' })
  await revised.waitFor()
  await scrollTo(revised)
  await take(page, 'revised-clause', page.getByRole('heading', { name: '修改本条' }))
}

async function makeRound(page: Page): Promise<void> {
  await page.goto(`${office}/publication`)
  await press(page, '用已修改的 1 条形成第 2 稿')
  await page.getByRole('link', { name: '目录无误，下一步' }).click()
  await page.getByRole('link', { name: '与上一稿的对应关系已确认' }).click()
  await page.getByRole('heading', { name: '第 1 稿 → 第 2 稿：逐条对应' }).waitFor()
  await scrollTo(page.locator('tr', { has: page.locator('ins') }))
  await take(page, 'mapping')
  await press(page, '其余 23 条都对，确认')
  await page.getByText('都已完成，请审批人员登录本页批准公布').waitFor()
}
