import { awake, press } from './acts.ts'
import { answer, approve } from './answering.ts'
import { lookUp } from './citizens.ts'
import { take } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

const office = '/office/shanxi-laoqu'
const answers = {
  support: { outcome: '采纳', reason: '感谢支持，已按程序推进。', summary: '赞成出台' },
  question: { outcome: '已作说明', reason: '已在起草说明中补充说明。', summary: '询问落实的安排' },
  oppose: { outcome: '未采纳', reason: '所提事项由专门规划规定。', summary: '建议删去或者限定部分内容' },
  amend: { outcome: '部分采纳', reason: '合理部分已经写入。', summary: '建议把措施写得更具体' },
}

/** A moderator judges what still waits: what holds personal data one by one, the rest at once. */
export async function clearQueue({ visit, work }: ShownDemonstration): Promise<void> {
  const page = await visit('wide', '审核员乙')
  const rows = page.locator('button.row')
  await page.goto('/moderation?only=personal')
  while ((await rows.count()) > 0) {
    await rows.first().click()
    await page.getByText('我认领').first().waitFor()
    await awake(page)
    await page.getByRole('button', { name: /^全部隐去并公开/ }).click()
    await page.getByRole('status').filter({ hasText: '已决定：公开' }).waitFor()
    await page.reload()
  }
  await page.goto('/moderation/bulks/new?all=yes')
  await page
    .getByRole('button', { name: /^下一步：核对/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^确认：对/ }).click()
  await work()
}

/** What is left is answered, the outcome published, and read by whoever said something. */
export async function concluding({ visit }: ShownDemonstration, code: string): Promise<void> {
  const [drafter, approver] = [await visit('wide', '起草员'), await visit('wide', '审批人')]
  for (const [stance, said] of Object.entries(answers)) {
    await drafter.goto(`${office}/comments?stance=${stance}&answered=no`)
    await drafter.getByRole('link', { name: '不勾选，用一份答复答复这里列出的全部意见' }).click()
    await answer(drafter, said)
    await approve(approver)
  }
  await approver.goto(`${office}/outcome`)
  await take(approver, 'outcome-office')
  await press(approver, '公布结果')
  await approver.getByText('第 1 版').waitFor()
  await approver.goto(`${office}/papers`)
  await take(approver, 'papers')

  const [phone, wide] = [await visit('phone'), await visit('wide')]
  await lookUp(phone, code)
  await take(phone, 'status-answered-phone')
  await wide.goto('/consultations/shanxi-laoqu/outcome')
  await take(wide, 'outcome')
}
