import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decided, submitComment } from '../public/decided.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
const quote = '推进新建晋城机场和长治机场迁建，完善红色航空运输体系，促进低空经济发展。'
const draft = '/consultations/shanxi-laoqu'
const body = '建议把吕梁机场航线补贴也写进来。'

beforeAll(async () => {
  portal = await browsePortal()
  await submitComment(portal, 'p10', body, { 'comments[0][quote]': quote })
  await decided(portal, body, 'published')
})
afterAll(() => portal.close())

/** Tabs to the first control with this name, as somebody without a mouse does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(
      `{ const e = document.activeElement; [e.getAttribute('aria-label'), e.textContent, ...Array.from(e.labels || [], (l) => l.textContent)].join(' ') }`,
    )
    if (name.test(String(focused))) return
  }
  throw new Error(`nothing named ${name} takes the focus`)
}

test('the whole path goes by keyboard alone: to word a proposal, check, send, look up and withdraw it', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  await page.keyboard.press('j')
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#p/)
  await tabTo(page, /^对（一）推进特优农业提质增效提意见/)
  await page.keyboard.press('Enter')
  await page.locator('#form-p3 input:focus').waitFor()
  await page.keyboard.press('Space')
  await tabTo(page, /意见内容/)
  await page.keyboard.type('键盘也能写下的一条意见。')
  await tabTo(page, /修改后的表述/)
  await page.keyboard.press('Enter')
  await tabTo(page, /不提修改文字|修改为/)
  await page.keyboard.press('ArrowRight')
  await tabTo(page, /您希望的文字/)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('推进特优农业提质增效，健全联农带农机制。')
  await tabTo(page, /^\s*先核对/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
  expect(await page.locator('.wording ins').first().textContent()).toContain('健全')
  await tabTo(page, /^\s*确认提交/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()

  const code = (await page.locator('#receipt-code').textContent()) ?? ''
  await tabTo(page, /^\s*查询我的意见/)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/receipts')
  await tabTo(page, /请输入提交时得到的查询码/)
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await page.getByText('待审核').waitFor()
  await tabTo(page, /^\s*撤回/)
  await page.keyboard.press('Enter')
  await page.getByText('撤回后，这条意见不再公开').waitFor()
  await tabTo(page, /^\s*确认撤回/)
  await page.keyboard.press('Enter')
  await page.getByText('已经撤回').waitFor()
})

test.each([true, false])(
  'a sentence is chosen, quoted and found again by keyboard alone, with script: %s',
  async (script) => {
    const words = `键盘选中一句的意见，脚本：${script}。`
    const page = await portal.newPage({ script })
    await page.goto(draft)
    await tabTo(page, /^对（八）建设完善现代化基础设施提意见/)
    await page.keyboard.press('Enter')
    // The form that opens under its clause gives the focus to its first choice, behind the sentences.
    if (script) {
      await page.locator('#form-p10 input:focus').waitFor()
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Shift+Tab')
    } else await page.waitForURL('**/comments/new')
    await tabTo(page, /针对其中一句/)
    await page.keyboard.press('Enter')
    await tabTo(page, /针对整条/)
    for (let presses = 0; presses < 6; presses++) await page.keyboard.press('ArrowDown')
    expect(await page.locator('[name$="[quote]"]:checked').inputValue()).toBe(quote)
    await tabTo(page, /赞成/)
    await page.keyboard.press('Space')
    await tabTo(page, /意见内容/)
    await page.keyboard.type(words)
    await tabTo(page, /^\s*提交意见/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
    // Its script has forgotten what was sent; until then it would come back in the next form.
    await page.waitForLoadState()
    await decided(portal, words, 'published')

    await page.goto(`${draft}/clauses/p10`)
    await tabTo(page, /本页有 \d 条意见引用这一句/)
    await page.keyboard.press('Enter')
    expect(await page.locator('.comment:target blockquote').textContent()).toContain(quote)
    await tabTo(page, /^\s*推进新建晋城机场/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/#s\d+$/)
    expect(await page.locator('.sentence:target').textContent()).toContain(quote)

    if (!script) return
    // A proposal starts from the clause's own words, without the counts that stand behind quoted sentences.
    await page.getByRole('link', { name: '对这一条提意见' }).click()
    const form = page.locator('#form-p10')
    await form.locator('summary', { hasText: '修改后的表述' }).click()
    await form.getByLabel('修改为').check()
    const { units } = (await portal.app.inject(`${draft}/draft.json`)).json()
    expect(await form.getByRole('textbox', { name: '您希望的文字' }).inputValue()).toBe(
      units.find(({ key }: { key: string | null }) => key === 'p10').text,
    )
  },
)

test.each([
  '/?lang=en',
  `${draft}?lang=en&near=晋城市`,
  `${draft}/clauses/p10`,
  `${draft}/comments?q=机场`,
  `${draft}/comments?q=没有`,
  `${draft}/comments/new?lang=en`,
  '/privacy?lang=en',
])('%s is accessible, wide in the dark and narrow in print size', async (path) => {
  const page = await portal.newPage()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(path)
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 256 })
  await expectNoSidewaysScroll(page)
})

test('what the code opens is accessible at each step', async () => {
  const code = await submitComment(portal, 'p4', '一条将被撤回的意见内容。', {
    name: '朱小明',
    show_name: '1',
  })
  const page = await portal.newPage({ width: 320 })
  await page.goto('/receipts')
  await page.getByLabel('请输入提交时得到的查询码').fill('错误')
  await page.keyboard.press('Enter')
  await page.locator('#errors:focus').waitFor()
  await expectAccessible(page)
  await page.getByLabel('请输入提交时得到的查询码').fill(code)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '办理情况' }).waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  for (const name of [/^修改/, /^撤回/, /^不再公开我的姓名/]) {
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: '不办理，返回' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: '不办理，返回' }).click()
  }
  await page.getByRole('button', { name: /^撤回/ }).click()
  await page.getByRole('button', { name: '确认撤回' }).click()
  await page.getByText('已经撤回').waitFor()
  await expectAccessible(page)
})
