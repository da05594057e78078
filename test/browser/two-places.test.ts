import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const form = `${draft}/clauses/p3/comments/new`

test('two tabs on one clause do not overwrite one another: both texts wait', async () => {
  const one = await portal.newPage()
  await one.goto(form)
  await one.getByRole('textbox', { name: '意见内容' }).fill('第一个标签页里写的。')
  const other = await one.context().newPage()
  await other.goto(form)
  expect(await other.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('第一个标签页里写的。')
  await one.getByRole('textbox', { name: '意见内容' }).fill('第一个标签页里写的，又接着写了。')
  await other.getByRole('textbox', { name: '意见内容' }).fill('第二个标签页里改成了这样。')
  await one.getByRole('textbox', { name: '意见内容' }).press('End')
  await one.keyboard.type('再加一句。')
  await one.goto(draft)
  await one.getByRole('link', { name: '我的意见（2）' }).first().click()
  const bodies = one.locator('textarea[name$="[body]"]')
  await expect
    .poll(() => bodies.evaluateAll((all) => all.map((area) => Reflect.get(area, 'value')).filter(Boolean)))
    .toEqual(['第一个标签页里写的，又接着写了。再加一句。', '第二个标签页里改成了这样。'])
  await expectAccessible(one)
})

test('what was sent from one tab waits in no other', async () => {
  const one = await portal.newPage()
  await one.goto(form)
  const other = await one.context().newPage()
  await other.goto(draft)
  await one.getByLabel('赞成').check()
  await other.getByRole('link', { name: '我的意见（1）' }).first().waitFor()
  await one.getByRole('button', { name: '提交意见' }).click()
  await one.getByRole('heading', { name: '意见已收到' }).waitFor()
  await expect.poll(() => other.getByRole('link', { name: '我的意见（' }).count()).toBe(0)
})

test.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])(
  'what was written goes to another device as a file, with script: $script, $width px wide',
  async (options) => {
    const before = (await portal.db.query.select().from(comments)).length
    const page = await portal.newPage(options)
    await page.goto(`${draft}/comments/new`)
    const part = page.locator('.folded').filter({ hasText: '（一）推进特优农业提质增效' })
    await part.locator('summary').first().click()
    await part.getByLabel('反对').check()
    await part.getByRole('textbox', { name: '意见内容' }).fill('在第一台设备上写的意见。')
    await page.getByText('存成文件，或者从文件读入').click()
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: '存成 Word 文件' }).click()
    const saved = await (await saving).path()
    expect(await part.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe(
      '在第一台设备上写的意见。',
    )

    const elsewhere = await portal.newPage(options)
    await elsewhere.goto(`${draft}/comments/new`)
    const whole = elsewhere.locator('.part').first()
    await whole.getByLabel('疑问').check()
    await whole.getByRole('textbox', { name: '意见内容' }).fill('已经在第二台设备上写的。')
    await elsewhere.getByText('存成文件，或者从文件读入').click()
    const buffer = readFileSync(saved)
    const file = { name: '我的意见.docx', mimeType: 'application/octet-stream', buffer }
    await elsewhere.getByLabel('填好的意见反馈表').setInputFiles(file)
    await elsewhere.getByRole('button', { name: '读入，加到这里' }).click()
    await elsewhere.getByText('从意见反馈表读到 1 条意见').waitFor()
    await expectNoSidewaysScroll(elsewhere)
    if (options.script) await expectAccessible(elsewhere)
    await elsewhere.getByRole('button', { name: '提交意见' }).click()
    await elsewhere.getByRole('heading', { name: '意见已收到' }).waitFor()
    const sent = (await portal.db.query.select().from(comments).orderBy(comments.number)).slice(before)
    expect(sent.map(({ body }) => body)).toEqual(['已经在第二台设备上写的。', '在第一台设备上写的意见。'])
  },
)
