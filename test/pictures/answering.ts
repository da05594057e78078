import type { Page } from 'playwright-core'
import { press, scrollTo } from './acts.ts'
import { take } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

const office = '/office/shanxi-laoqu'

/** Comments are sorted by what they are about, read, and answered. */
export async function answering({ visit }: ShownDemonstration): Promise<void> {
  const [drafter, approver] = [await visit('wide', '起草员'), await visit('wide', '审批人')]
  await sort(drafter)
  await pick(drafter)
  await answer(drafter, {
    outcome: '部分采纳',
    reason: '已在本条写明支持产地仓储保鲜和烘干设施；具体补贴标准由有关部门另行规定。',
    summary: '建议支持产地冷库和烘干设施',
    picture: 'answer',
  })
  await approve(approver, 'approval')
  await drafter.goto(office)
  await take(drafter, 'overview')
}

async function sort(page: Page): Promise<void> {
  await page.goto(`${office}/themes`)
  await page.getByLabel('主题名称').fill('冷链和仓储')
  await page.getByLabel('关键词（可不填）').fill('冷库、仓储、烘干')
  await press(page, '新建主题')
  await page.getByRole('heading', { name: '规则找到的' }).waitFor()
  await take(page, 'theme', page.getByRole('heading', { name: '修改主题' }))
  await page.getByRole('button', { name: /^全部归入/ }).click()
  await page.getByText('没有新的').waitFor()
}

async function pick(page: Page): Promise<void> {
  await page.goto(`${office}/comments?clause=p3&answered=no`)
  for (const said of ['冷库', '烘干设备'])
    await page.locator('.read-comment', { hasText: said }).getByRole('checkbox').check()
  await scrollTo(page.getByRole('heading', { name: '逐条阅读' }))
  await take(page, 'reading')
  await press(page, '答复')
}

interface Answer {
  outcome: string
  reason: string
  summary: string
  /** The name of the picture to take of the form; none is taken without. */
  picture?: string
}

/** Fills in the form of an answer, and hands it on to be approved. */
export async function answer(page: Page, { outcome, reason, summary, picture }: Answer): Promise<void> {
  await page.getByLabel(outcome, { exact: true }).check()
  await page.getByLabel('理由').fill(reason)
  await page.getByLabel('归纳').fill(summary)
  if (picture) await take(page, picture)
  await press(page, '保存为草稿')
  await press(page, '送审')
  await page.getByText('等待另一位审批人员批准').waitFor()
}

/** Approves the answer that waits. @param picture the name of the picture to take of it before */
export async function approve(page: Page, picture?: string): Promise<void> {
  await page.goto(`${office}/responses?state=submitted`)
  await page.locator('tbody th a').first().click()
  await page.getByRole('button', { name: '批准', exact: true }).waitFor()
  if (picture) await take(page, picture)
  await press(page, '批准')
  await page.getByText('已批准').first().waitFor()
}
