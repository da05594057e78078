import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../server/locales/en.ts'
import { editDocx, writeRow } from '../documents/feedback-form/fill-form.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const body = '建议写明补贴的对象和标准，便于农户了解。'

/** What only a script can do is offered only where one runs. */
async function expectOffered(page: Page, name: string, script: boolean): Promise<void> {
  await expect.poll(() => page.getByRole('button', { name }).isVisible()).toBe(script)
}

describe.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('a citizen with script: $script, $width px wide', (options) => {
  test('reads, says something on a clause, and looks up what became of it', async () => {
    const page = await portal.newPage(options)
    await page.goto('/')
    await page.getByRole('link', { name: /革命老区振兴发展/ }).click()
    await page.getByRole('link', { name: '对（一）推进特优农业提质增效提意见' }).click()

    await page.getByLabel('修改建议').check()
    await page.getByRole('textbox', { name: '意见内容' }).fill(body)
    await expectOffered(page, '先存着，继续看别的条款', options.script)
    await page.getByRole('button', { name: '提交意见' }).click()

    await page.getByRole('heading', { name: '意见已收到' }).waitFor()
    await expectOffered(page, '打印回执', options.script)
    const code = (await page.locator('#receipt-code').textContent()) ?? ''
    await page.getByRole('link', { name: '查询我的意见' }).first().click()
    await page.getByLabel('请输入提交时得到的查询码').fill(code)
    await page.getByRole('button', { name: '查询' }).click()
    await page.getByText('待审核').waitFor()
    expect(await page.locator('.comment-body').textContent()).toBe(body)
  })

  test('is told what is wrong, with what was typed still there', async () => {
    const page = await portal.newPage(options)
    await page.goto(`${draft}/clauses/p3/comments/new`)
    await page.getByRole('textbox', { name: '意见内容' }).fill('好')
    await page.getByRole('button', { name: '提交意见' }).click()
    await page.getByText('有 2 处需要修改').waitFor()
    expect(await page.getByRole('textbox', { name: '意见内容' }).inputValue()).toBe('好')
    await page.getByRole('link', { name: '意见内容至少 5 个字' }).click()
    expect(page.url()).toMatch(/#p3-comments-0-body$/)
  })
})

test('the summary of what is wrong takes the focus', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p3/comments/new`)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.locator('#errors:focus').waitFor()
  await expectAccessible(page)
  for (const said of ['请选择意见类型', '请填写意见内容']) {
    const field = await page.getByRole('link', { name: said }).getAttribute('href')
    expect(await page.locator(field ?? '').isVisible()).toBe(true)
  }
})

test('the form opens under its clause, takes the focus, and goes away again', async () => {
  const page = await portal.newPage()
  await page.goto(draft)
  const say = page.getByRole('link', { name: '对（八）建设完善现代化基础设施提意见' })
  await say.click()
  await page.locator('#form-p10 input:focus').waitFor()
  await expectAccessible(page)
  await say.click()
  await page.locator('#form-p10 form').waitFor({ state: 'hidden' })
  expect(page.url()).toBe(`${portal.url}${draft}`)
})

test('the whole path goes in English, in large text, at 320 px', async () => {
  const page = await portal.newPage({ width: 320 })
  await page.goto('/?lang=en&text=large')
  await page.getByRole('link', { name: /革命老区振兴发展/ }).click()
  await page.getByRole('link', { name: en.form.on('（一）推进特优农业提质增效') }).click()
  await page.getByLabel(en.form.stances.oppose).check()
  await page.getByRole('textbox', { name: en.form.body }).fill('No.')
  await page.getByRole('button', { name: en.form.send, exact: true }).click()
  await page.getByRole('link', { name: en.wrong.bodyTooShort(5) }).waitFor()
  await expectNoSidewaysScroll(page)
  await page.getByRole('textbox', { name: en.form.body }).fill(body)
  await page.getByRole('button', { name: en.form.check }).click()
  await page.getByRole('button', { name: en.review.send }).click()
  await page.getByRole('heading', { name: en.receipt.title }).waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  const code = (await page.locator('#receipt-code').textContent()) ?? ''
  await page.getByRole('link', { name: en.receipt.lookUp }).first().click()
  await page.getByLabel(en.receipt.enterCode).fill(code)
  await page.getByRole('button', { name: en.receipt.look, exact: true }).click()
  await page.getByText(en.receipt.states.pending).waitFor()
  expect(await page.locator('html').getAttribute('data-text')).toBe('large')
})

test('a filled feedback form is uploaded, checked and sent without a script', async () => {
  const blank = (await portal.app.inject(`${draft}/feedback-form.docx`)).rawPayload
  const filled = await editDocx(blank, (xml) => writeRow(xml, '〔p3〕', [null, null, '☑修改', body]))
  const page = await portal.newPage({ script: false, width: 320 })
  await page.goto(`${draft}/feedback-form`)
  const file = { name: '意见反馈表.docx', mimeType: 'application/octet-stream', buffer: filled }
  await page.getByLabel('填好的意见反馈表').setInputFiles(file)
  await page.getByRole('button', { name: '上传并核对' }).click()
  await page.getByText('从意见反馈表读到 1 条意见').waitFor()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
})

test('where the script does not come, the form is a page', async () => {
  const page = await portal.newPage({ width: 390 })
  await page.route('**/site.js*', (route) => route.abort())
  await page.goto(draft)
  await page.getByRole('link', { name: '对（一）推进特优农业提质增效提意见' }).click()
  await page.waitForURL('**/clauses/p3/comments/new')
  await page.getByLabel('修改建议').check()
  await page.getByRole('textbox', { name: '意见内容' }).fill(body)
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByRole('button', { name: '确认提交' }).waitFor()
})

test('the review prints as a sheet to seal', async () => {
  const page = await portal.newPage()
  await page.goto(`${draft}/clauses/p3/comments/new`)
  await page.getByLabel('反对').check()
  await page.getByRole('textbox', { name: '意见内容' }).fill(body)
  await page.getByRole('button', { name: '先核对' }).click()
  const seal = page.getByText('（单位盖章）')
  await page.getByRole('button', { name: '打印盖章页' }).waitFor()
  expect(await seal.isVisible()).toBe(false)
  await page.emulateMedia({ media: 'print' })
  expect(await seal.isVisible()).toBe(true)
  expect(await page.getByText('致：山西省发展和改革委员会').isVisible()).toBe(true)
  expect(await page.getByRole('button', { name: '确认提交' }).isVisible()).toBe(false)
})

test('a feedback form that is no form is told so, with the focus on why', async () => {
  const page = await portal.newPage({ width: 320 })
  await page.goto(`${draft}/feedback-form`)
  const file = { name: '信.docx', mimeType: 'application/zip', buffer: Buffer.from('not a form') }
  await page.getByLabel('填好的意见反馈表').setInputFiles(file)
  await page.getByRole('button', { name: '上传并核对' }).click()
  await page.locator('#errors:focus').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
