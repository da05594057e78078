import type { Page } from 'playwright-core'
import { press } from './acts.ts'
import { take } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

const office = '/office/yanglao-fuwuzhan'
const newDraft = `〔演示〕村级养老服务站管理办法
（征求意见稿）
第一章 总则
第一条 为规范村级养老服务站的建设和运行，方便农村老年人就近得到照料，制定本办法。
第二条 服务站设在行政村，为老年人提供助餐、日间照料等服务。
第二章 建设和运行
第三条 服务站由村民委员会举办，应当公示服务项目、收费标准和监督电话。
附则
第四条 本办法自2027年3月1日起施行。
`

/** A draft is put up, its outline repaired, and put out by another. */
export async function puttingUp({ visit }: ShownDemonstration): Promise<void> {
  const drafter = await visit('wide', '起草员')
  await readIn(drafter)
  await repair(drafter)
  await fillIn(drafter)
  const approver = await visit('wide', '审批人')
  await approver.goto(`${office}/publication`)
  await take(approver, 'publication', approver.getByRole('heading', { name: '可以办理' }))
  await press(approver, '批准公布')
  await approver.getByText('公开页面').waitFor()
}

async function readIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: '新的征求意见活动' }).click()
  await page.getByLabel('或者粘贴全文').fill(newDraft)
  await page.getByLabel('征求意见的单位').fill('某省民政厅')
  await page.getByLabel('规范性文件 不少于').check()
  await page.getByLabel('网址名').fill('yanglao-fuwuzhan')
  await press(page, '读入征求意见稿')
  await page.getByRole('heading', { name: '第 1 稿：核对目录' }).waitFor()
}

async function repair(page: Page): Promise<void> {
  await take(page, 'outline')
  await page.locator('.repair-unit', { hasText: '附则' }).getByRole('button', { name: '设为标题' }).click()
  await page.getByText('撤销上一步：').waitFor()
  await page.getByRole('link', { name: '目录无误，下一步' }).click()
}

async function fillIn(page: Page): Promise<void> {
  await page.goto(`${office}/settings`)
  await page.getByLabel('开始日期').fill('2026-11-23')
  await page.getByLabel('截止日期').fill('2026-12-25')
  await page.getByLabel('审核一条，公开一条').check()
  await page
    .getByLabel('起草说明', { exact: true })
    .fill('〔演示〕为方便农村老年人就近得到照料，起草本办法。')
  await press(page, '保存')
  await page.goto(`${office}/participation`)
  await page.getByLabel('承诺公布结果的日期').fill('2027-01-25')
  await press(page, '保存')
}
