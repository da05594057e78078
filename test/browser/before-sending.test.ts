import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'

test.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])(
  'numbers are pointed at before sending and taken out, with script: $script, $width px wide',
  async (options) => {
    const page = await portal.newPage(options)
    await page.goto(`${draft}/clauses/p3/comments/new`)
    await page.getByLabel('修改建议').check()
    const body = page.getByRole('textbox', { name: '意见内容' })
    await body.fill('请打 13800001234 联系我，谢谢。')
    if (!options.script) await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByText('13800001234').first().waitFor()
    if (options.script) await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: /^去掉/ }).click()
    await page.getByRole('button', { name: options.script ? '提交意见' : '确认提交' }).click()
    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
    const [last] = (await portal.db.query.select().from(comments).orderBy(comments.number)).slice(-1)
    expect(last?.body).toBe('请打  联系我，谢谢。')
  },
)

test('how many are public and under which name is said as it is typed', async () => {
  const page = await portal.newPage({ width: 320 })
  await page.goto(`${draft}/clauses/p3/comments/new?text=large`)
  const said = page.locator('.before-sending')
  expect(await page.getByRole('group', { name: '意见是否公开' }).isVisible()).toBe(true)
  await page.getByRole('textbox', { name: '意见内容' }).fill('随便写一条意见。')
  await said.getByText('现在写了 1 条，审核后公开。').waitFor()
  await said.getByText('署名：不显示姓名。').waitFor()
  await page.getByText('关于您').first().click()
  await page.getByLabel('姓名', { exact: true }).fill('欧阳小明')
  await said.getByText('署名：只显示姓').waitFor()
  await page.getByLabel('同意公开我的完整姓名').check()
  await said.getByText('署名：显示您的完整姓名').waitFor()
  await page.getByLabel('仅供起草单位参考，不公开').check()
  await said.getByText('现在写了 1 条，只给起草单位，不公开。').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('a box grows with what is written in it and counts', async () => {
  const page = await portal.newPage({ width: 390 })
  await page.goto(`${draft}/clauses/p3/comments/new`)
  const body = page.getByRole('textbox', { name: '意见内容' })
  const before = (await body.boundingBox())?.height ?? 0
  await body.fill('一行。\n'.repeat(30))
  expect((await body.boundingBox())?.height).toBeGreaterThan(before * 3)
  await page.getByText('已写 119 字').waitFor()
  expect(await body.evaluate((area) => area.scrollHeight - area.clientHeight)).toBeLessThanOrEqual(1)
})
