import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { comments, submissions } from '../../db/schema/index.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

const draft = '/consultations/shanxi-laoqu'
const body = '断网的时候写下的一条意见内容。'
const sent = () => portal.db.query.$count(submissions)

async function write(page: Page, words = body): Promise<void> {
  await page.goto(draft)
  await page.locator('#p3 .say').click()
  await page.locator('#form-p3').getByLabel('修改建议').check()
  await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).fill(words)
}

test('without network 提意见 leaves the draft where it is, and opens the form by itself once there is one', async () => {
  const page = await portal.newPage({ width: 320 })
  await page.goto(draft)
  await page.context().setOffline(true)
  await page.locator('#p3 .say').click()
  await page.getByText('没有连上网络，表单还没有打开。草案还在这一页上。').waitFor()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: '再试一次' }).click()
  await page.getByText('没有连上网络，表单还没有打开').waitFor()
  expect(page.url()).toBe(portal.url + draft)
  await page.context().setOffline(false)
  await page.locator('#form-p3 form').waitFor()
})

test('what is sent without network stays, says so, and arrives once by itself when there is one', async () => {
  const before = await sent()
  const page = await portal.newPage({ width: 390 })
  await write(page)
  await page.locator('#form-p3').getByText('关于您').first().click()
  await page.locator('#form-p3').getByLabel('姓名', { exact: true }).fill('朱小明')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: '现在再送一次' }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  expect(await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).inputValue()).toBe(body)
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  expect(await sent()).toBe(before + 1)
  const left = await page.evaluate('JSON.stringify(localStorage)')
  expect(left).toBe('{}')
})

test('an answer that got lost on the way is asked for again and is the same receipt', async () => {
  const before = await sent()
  const page = await portal.newPage()
  await write(page)
  let lost = 0
  await page.route('**/submissions', async (route) => {
    const answer = await route.fetch()
    expect(answer.status()).toBe(201)
    if (lost++ === 0) await route.abort()
    else await route.fulfill({ response: answer })
  })
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('button', { name: '现在再送一次' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  expect(await sent()).toBe(before + 1)
})

test('whoever types on is not sent off in the middle of a sentence', async () => {
  const before = await sent()
  const page = await portal.newPage()
  await write(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('button', { name: '现在再送一次' }).press('Enter')
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await page.locator('.primary:focus').waitFor()
  await page.getByRole('button', { name: '先不送，回去修改' }).press('Enter')
  await page.getByText('已经停下，没有送出').waitFor()
  await page.locator('.primary:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).press('End')
  await page.keyboard.type('还没有写完')
  await page.getByText('内容有改动，不再自动送出').waitFor()
  await page.context().setOffline(false)
  await page.waitForTimeout(300)
  expect(await sent()).toBe(before)
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  const [last] = (await portal.db.query.select().from(comments).orderBy(comments.number)).slice(-1)
  expect(last?.body).toBe(`${body}还没有写完`)
})

test('a server that is busy is asked again; the page stays', async () => {
  const page = await portal.newPage()
  await write(page)
  let refused = 0
  await page.route('**/submissions', (route) =>
    refused++ === 0 ? route.fulfill({ status: 503, body: '<h1>忙</h1>' }) : route.continue(),
  )
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByText('服务器忙，还没有收下').waitFor()
  await page.getByRole('button', { name: '现在再送一次' }).click()
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
})

test('a double click is one submission, and the button says at once that it is on its way', async () => {
  const before = await sent()
  const page = await portal.newPage()
  await write(page)
  let asked = 0
  await page.route('**/submissions', async (route) => {
    asked++
    await new Promise((resolve) => setTimeout(resolve, 300))
    await route.continue()
  })
  const said = await page.evaluate(`{
    const button = document.querySelector('#form-p3 .primary')
    button.click()
    button.click()
    button.textContent.trim() + button.getAttribute('aria-busy')
  }`)
  expect(said).toBe('正在提交…true')
  await page.getByRole('heading', { name: '意见已收到' }).waitFor()
  expect([asked, await sent()]).toEqual([1, before + 1])
})

test('the review is had without leaving the form, also where the network goes in between', async () => {
  const page = await portal.newPage()
  await write(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '先核对' }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: '核对您的意见' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '确认提交' }).click()
  await page.getByText('没有连上网络，还没有送到').waitFor()
  await page.getByRole('button', { name: '返回修改' }).click()
  expect(await page.locator('#form-p3').getByRole('textbox', { name: '意见内容' }).inputValue()).toBe(body)
})
