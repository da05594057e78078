import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
/** The receipt is there, and its script has forgotten what was sent. */
async function received(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  await page.waitForLoadState()
}

const stored = () => portal.db.query.select().from(comments).orderBy(comments.number)

test('what is typed on two clauses waits in the browser, is checked together and sent once', async () => {
  const before = (await stored()).length
  const page = await portal.newPage()
  await page.goto(draft)
  for (const [clause, body] of [
    ['p3', '建议写明补贴的对象和标准。'],
    ['p10', '建议把吕梁机场航线补贴也写进来。'],
  ]) {
    await page.locator(`#${clause} .say`).click()
    await page.locator(`#form-${clause}`).getByLabel('修改建议').check()
    await page
      .locator(`#form-${clause}`)
      .getByRole('textbox', { name: '意见内容' })
      .fill(body ?? '')
    await page.locator(`#form-${clause}`).getByRole('button', { name: '先存着' }).click()
  }
  await page.reload()
  await page.getByRole('link', { name: '我的意见（2）' }).first().click()
  await page.getByText('写下的内容暂存在这台设备的浏览器里').waitFor()

  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByText('共 2 条意见').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: '返回修改' }).click()
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByRole('button', { name: '确认提交' }).click()
  await received(page)
  await expectAccessible(page)
  expect((await stored()).slice(before).map(({ clause }) => clause)).toEqual(['p3', 'p10'])

  await page.goto(draft)
  expect(await page.getByRole('link', { name: '我的意见（2）' }).count()).toBe(0)
})

test('two comments on one clause wait beside one another; sending another one leaves them', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  await page.locator('#p10 .say').click()
  const form = page.locator('#form-p10')
  const body = form.getByRole('textbox', { name: '意见内容' })
  const quoted = form.locator('[name$="[quote]"]:checked')
  for (const [sentence, words] of [
    ['推进新建晋城机场', '机场这一句的意见。'],
    ['有序打造抽水蓄能电站', '电站这一句的意见。'],
  ] as const) {
    await form.locator('summary', { hasText: '针对其中一句' }).click()
    await form.getByLabel(sentence).check()
    await form.getByLabel('修改建议').check()
    await body.fill(words)
    await form.getByRole('button', { name: '同一条款再写一条' }).click()
    expect(await body.inputValue()).toBe('')
    expect(await quoted.inputValue()).toBe('')
  }
  await page.locator('#p3 .say').click()
  await page.locator('#form-p3').getByLabel('赞成').check()
  await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).fill('单独先提交的一条。')
  await page.locator('#form-p3').getByRole('button', { name: '提交意见' }).click()
  await received(page)

  await page.goto(draft)
  await page.getByRole('link', { name: '我的意见（2）' }).first().click()
  await page.getByRole('group', { name: '（八）建设完善现代化基础设施提意见 （第 2 条）' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByText('共 2 条意见').waitFor()
  await page.getByRole('button', { name: '确认提交' }).click()
  await received(page)
  const sent = (await stored()).slice(-2)
  expect(sent.map(({ body, quote }) => [body, quote?.exact.slice(0, 8)])).toEqual([
    ['机场这一句的意见。', '推进新建晋城机场'],
    ['电站这一句的意见。', '有序打造抽水蓄能'],
  ])
  await page.goto(draft)
  await expect.poll(() => page.getByRole('link', { name: '我的意见（' }).count()).toBe(0)
})

test('without a script another comment on the same clause is asked for, and both are sent', async () => {
  const before = (await stored()).length
  const page = await portal.newPage({ script: false, width: 320 })
  await page.goto(`${draft}/clauses/p3/comments/new`)
  const bodies = page.getByRole('textbox', { name: '意见内容' })
  await page.getByLabel('赞成').check()
  await bodies.fill('对同一条款的第一条意见。')
  await page.getByRole('button', { name: '同一条款再写一条' }).click()
  await page.getByLabel('反对').last().check()
  await bodies.last().fill('对同一条款的第二条意见。')
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: '提交意见' }).click()
  await received(page)
  expect((await stored()).slice(before).map(({ clause, body }) => [clause, body])).toEqual([
    ['p3', '对同一条款的第一条意见。'],
    ['p3', '对同一条款的第二条意见。'],
  ])

  await page.goto(`${draft}/comments/new`)
  await page.getByLabel('同一条款还有别的意见').selectOption('（八）建设完善现代化基础设施')
  await page.getByRole('button', { name: '再加一条' }).click()
  expect(page.url()).toMatch(/#again$/)
  await page.locator('.folded[open]').filter({ hasText: '（第 2 条）' }).waitFor()
})

test('what is typed survives a reload, and is forgotten when asked', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p5/comments/new`)
  const body = page.getByRole('textbox', { name: '意见内容' })
  await body.fill('写到一半的意见内容')
  await page.reload()
  expect(await body.inputValue()).toBe('写到一半的意见内容')
  await page.getByRole('button', { name: '清除暂存的内容' }).click()
  await page.reload()
  expect(await body.inputValue()).toBe('')
})

test('a sentence that is chosen with the mouse, before its form opens or after, is quoted, and a proposal starts from it', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  const select = (words: string) =>
    page.evaluate(`{
      const text = document.querySelector('#p10 .clause-text').lastChild
      const at = text.data.indexOf('${words}')
      document.getSelection().setBaseAndExtent(text, at, text, at + ${words.length})
    }`)
  await select('有序打造抽水蓄能电站')
  await page.locator('#p10 .say').click()
  await page.locator('#form-p10 form').waitFor()
  const quoted = page.locator('#form-p10 input[name$="[quote]"]:checked')
  await expect.poll(() => quoted.inputValue()).toBe('有序打造抽水蓄能电站')
  await select('推进新建晋城机场和长治机场迁建')
  await expect.poll(() => quoted.inputValue()).toBe('推进新建晋城机场和长治机场迁建')
  await page.locator('#form-p10').getByText('修改后的表述').click()
  await page.locator('#form-p10').getByLabel('修改为').check()
  const wording = page.locator('#form-p10').getByRole('textbox', { name: '您希望的文字' })
  expect(await wording.inputValue()).toBe('推进新建晋城机场和长治机场迁建')
  await wording.pressSequentially('，支持吕梁机场')
  await page.locator('#form-p10 .difference ins').first().waitFor()
  expect(await page.locator('#form-p10 .difference ins').allTextContents()).toContain('，支持吕梁机场')

  await page.locator('#form-p10').getByLabel('删除', { exact: true }).check()
  await page.locator('#form-p10 .difference ins').waitFor({ state: 'detached' })
  expect(await page.locator('#form-p10 .difference del').textContent()).toBe('推进新建晋城机场和长治机场迁建')
  await page.locator('#form-p10').getByLabel('在其后增加').check()
  await wording.fill('支持吕梁机场。')
  const shown = page.locator('#form-p10 .difference p')
  await expect.poll(() => shown.textContent()).toBe('推进新建晋城机场和长治机场迁建支持吕梁机场。')
  expect(await shown.locator('ins').textContent()).toBe('支持吕梁机场。')

  await page.evaluate(`{
    const text = document.querySelector('#p10 .clause-text').lastChild
    const at = text.data.indexOf('促进低空经济发展')
    document.getSelection().setBaseAndExtent(text, at, text, at + 8)
  }`)
  await expect.poll(() => shown.textContent()).toBe('促进低空经济发展支持吕梁机场。')
  expect(await page.evaluate("[...CSS.highlights.get('quote')].join()")).toBe('促进低空经济发展')
})

test('a proposal on the page of the form shows what it changes, beside the sentence that is chosen', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p10/comments/new`)
  await page.getByText('修改后的表述').click()
  await page.getByLabel('删除', { exact: true }).check()
  const removed = page.locator('.difference del')
  await expect.poll(() => removed.textContent()).toContain('推进新建晋城机场')
  await page.getByText('针对其中一句').first().click()
  await page.locator('.sentences label[lang]').first().click()
  const chosen = await page.locator('[name$="[quote]"]:checked').inputValue()
  await expect.poll(() => removed.textContent()).toBe(chosen)
})

test('without a script one form with a folded part for each clause does the same', async () => {
  const before = (await stored()).length
  const page = await portal.newPage({ script: false, width: 320 })
  await page.goto(`${draft}/comments/new`)
  await expectNoSidewaysScroll(page)
  for (const name of ['（一）推进特优农业提质增效', '（二十）完善合作机制']) {
    const part = page.locator('.folded').filter({ hasText: name })
    await part.locator('summary').first().click()
    await part.getByLabel('赞成').check()
    await part.getByRole('textbox', { name: '意见内容' }).fill('没有脚本也能提交的意见。')
  }
  await page.getByRole('button', { name: '先核对' }).click()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: '确认提交' }).click()
  await received(page)
  expect((await stored()).length).toBe(before + 2)
})

test('the code in a receipt’s square fills the look-up and leaves the address', async () => {
  const page = await portal.newPage()
  await page.goto('/receipts#7K3M-9QXD')
  await expect.poll(() => page.getByLabel('请输入提交时得到的查询码').inputValue()).toBe('7K3M-9QXD')
  expect(page.url()).toBe(`${portal.url}/receipts`)
})
