import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMember, codeOf, password, type TestMember } from '../staff.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal

beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

async function fillIn(page: Page, member: TestMember, secret = password): Promise<void> {
  portal.clock.now = new Date(portal.clock.now.getTime() + 60_000)
  await page.getByLabel('姓名').fill(member.name)
  await page.getByLabel('密码', { exact: true }).fill(secret)
  await page.getByLabel('动态验证码').fill(codeOf(member, portal.clock.now))
}

async function expectGoodLooks(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

test.each([{ script: true }, { script: false }])(
  'an administrator makes an account and its owner opens it (script: $script)',
  async ({ script }) => {
    // axe is a script too.
    const looksGood = script ? expectGoodLooks : async () => {}
    const admin = await aMember(portal, 'admin')
    const page = await portal.newPage({ script })
    await page.goto('/admin')
    await looksGood(page)
    await fillIn(page, admin, '不是这一个密码啊啊啊')
    await page.getByRole('button', { name: '登录' }).click()
    await looksGood(page)
    expect(await page.getByLabel('姓名').inputValue()).toBe(admin.name)
    await fillIn(page, admin)
    await page.getByRole('button', { name: '登录' }).click()

    await page.getByRole('heading', { name: '工作人员账号' }).waitFor()
    await looksGood(page)
    const name = `新人${script}`
    await page.getByLabel('姓名').fill(name)
    await page.getByRole('button', { name: '新建账号' }).click()
    await page.getByRole('link', { name: '请选择角色' }).click()
    await looksGood(page)
    await page.getByLabel('角色').selectOption('审核员')
    await page.getByLabel('在哪一次征求意见中有效').selectOption('全部活动')
    await page.getByRole('button', { name: '新建账号' }).click()
    await page.getByRole('heading', { name: '请把开通码交给' }).waitFor()
    await looksGood(page)
    const code = (await page.locator('#activation-code').textContent()) ?? ''

    const owner = await portal.newPage({ script, width: 320, height: 700 })
    await owner.goto('/staff/activation')
    await looksGood(owner)
    await owner.getByLabel('开通码').fill(code)
    await owner.getByLabel('新密码', { exact: true }).fill(password)
    await owner.getByLabel('再输入一次新密码').fill(password)
    await owner.getByRole('button', { name: '下一步' }).click()
    await looksGood(owner)
    const totpSecret = (await owner.locator('.secret').textContent())?.replaceAll(' ', '') ?? ''
    const first = codeOf({ ...admin, totpSecret }, portal.clock.now)
    await owner.getByLabel('验证器显示的六位数字').fill(first)
    await owner.getByRole('button', { name: '完成开通' }).click()
    await owner.getByRole('heading', { name: '请保存您的恢复码' }).waitFor()
    await looksGood(owner)
    for (const path of ['/staff/account', '/staff/account/password', '/staff/account/recovery-codes']) {
      await owner.goto(path)
      await looksGood(owner)
    }
    await page.goto('/admin/staff')
    await page.getByRole('link', { name }).click()
    await looksGood(page)
    await owner.getByRole('button', { name: '退出', exact: true }).click()
    await owner.getByRole('heading', { name: '工作人员登录' }).waitFor()
  },
)
