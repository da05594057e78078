import type { Page } from 'playwright-core'
import { awake, press, scrollTo } from './acts.ts'
import { lookUp, say } from './citizens.ts'
import { take, takePart } from './picture.ts'
import type { ShownDemonstration } from './shown-demonstration.ts'

/** A moderator hides, decides, refuses; another hears the appeal; a group is decided at once, a letter entered. */
export async function moderators({ visit, work }: ShownDemonstration): Promise<void> {
  const citizen = await visit('wide')
  const code = await say(citizen, 'p8', '疑问', '我们小区暖气不热，物业一直不管，该找谁？')
  await work()
  const [page, other] = [await visit('wide', '审核员甲'), await visit('wide', '审核员乙')]
  await hide(page)
  await refuse(page)
  await appeal(citizen, code)
  await hear(other)
  await decideGroup(page)
  await work()
  await enterLetter(page)
}

async function hide(page: Page): Promise<void> {
  await page.goto('/moderation?only=personal')
  await claim(page, '村里没有冷库')
  await page.evaluate('scrollTo(0, 0)')
  await take(page, 'queue')
  await press(page, '隐去：13835123456')
  await page.getByText('公开时隐去').waitFor()
  await takePart(page.locator('#judging'), 'redaction')
  await awake(page)
  await page.getByRole('button', { name: '纳入研究并公开（隐去 1 处）' }).click()
  await page.getByRole('status').filter({ hasText: '已决定：公开' }).waitFor()
}

async function refuse(page: Page): Promise<void> {
  await page.goto('/moderation?clause=p8')
  await claim(page, '暖气不热')
  await page.getByText('不纳入研究…').click()
  await page.getByLabel('非本草案事项').check()
  await takePart(page.locator('#judging > .acts'), 'refusal')
  await press(page, '决定：不纳入研究')
  await page.getByRole('status').filter({ hasText: '已决定：不纳入' }).waitFor()
}

async function appeal(page: Page, code: string): Promise<void> {
  await lookUp(page, code)
  await take(page, 'status-refused')
  await page.getByRole('button', { name: '申请复核' }).click()
  await page.getByLabel('您的理由').fill('第（六）条写到旧小区改造，我说的就是改造供热管网。')
  await press(page, '提交复核申请')
  await page.getByText('已经收到复核申请').waitFor()
}

async function hear(page: Page): Promise<void> {
  await page.goto('/moderation?clause=p8')
  await claim(page, '暖气不热')
  await takePart(page.locator('#judging'), 'appeal')
  await page.getByLabel('复核答复（提出人会看到）').first().fill('经复核，属于本草案事项，予以公开。')
  await awake(page)
  await page.getByRole('button', { name: '纳入研究并公开' }).click()
  await page.getByRole('status').filter({ hasText: '已决定：公开' }).waitFor()
}

async function claim(page: Page, said: string): Promise<void> {
  const row = page.locator('#queue li', { hasText: said })
  await row.locator('button.row').click()
  await row.getByText('我认领').waitFor()
  await awake(page)
}

async function decideGroup(page: Page): Promise<void> {
  await page.goto('/moderation/campaigns')
  await page.getByRole('link', { name: /吕梁机场/ }).click()
  await take(page, 'campaign')
  await page.getByRole('link', { name: /^整组处理/ }).click()
  await page.getByRole('button', { name: '下一步：核对 24 条' }).first().click()
  await page.getByRole('heading', { name: '批量处理 24 条：公开' }).waitFor()
  await take(page, 'bulk-check')
  await press(page, '确认：对 24 条作出这个决定')
}

async function enterLetter(page: Page): Promise<void> {
  await page.goto('/moderation/offline')
  await page.getByLabel('来源').selectOption('来信')
  await page.getByLabel('条款').first().selectOption({ index: 4 })
  await page.getByLabel('类型').first().selectOption('赞成')
  await page
    .getByRole('textbox', { name: '意见内容' })
    .first()
    .fill('来信赞成支持专业镇，希望把铸造园区也列进去。')
  await scrollTo(page.getByRole('heading', { name: '第 1 条意见' }))
  await take(page, 'offline', page.getByRole('heading', { name: /^第 2 条意见/ }))
}

/** A moderator takes out what is public, after all has been concluded. */
export async function retracting({ visit }: ShownDemonstration): Promise<void> {
  const page = await visit('wide', '审核员甲')
  await page.goto('/moderation?state=published')
  await page.getByRole('link', { name: '立即隐去…' }).click()
  await page.getByLabel('为什么').selectOption({ label: '涉及个人信息' })
  await press(page, '立即隐去')
  await page.getByRole('heading', { name: '隐去记录' }).waitFor()
  await take(page, 'retraction')
}
