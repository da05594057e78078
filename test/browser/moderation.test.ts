import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mark } from '../../db/queries/faults.ts'
import { appeals, comments, sessions } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { strict } from '../jobs/doing.ts'
import { aComment, oneADay } from '../moderation/comments.ts'
import { aMember, codeOf, password } from '../staff.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal

async function setUp(): Promise<void> {
  portal = await browsePortal()
}
beforeAll(setUp)
afterAll(() => portal.close())

async function moderating(options = {}): Promise<Page> {
  const page = await staffPage(portal, 'moderator', options)
  await page.goto('/moderation')
  return page
}

async function stateOf(publicId: string): Promise<string | undefined> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
  return row?.state
}

/** Once a comment has been on the screen for long enough to be decided. */
async function awake(page: Page): Promise<void> {
  await page.locator('#judging:not([data-asleep])').waitFor()
}

async function looksGood(page: Page): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

test('a moderator claims, hides, decides and goes on by keyboard alone', async () => {
  // The keys go from the first comment that waits to the next: nothing else may wait.
  await portal.close()
  await setUp()
  const [first, second, third] = await oneADay(portal, [
    { body: '请打 13812345678 找我，我在这条路上跑车' },
    { body: '代办贷款请加我，利息最低' },
    { body: '这一条说得好，我赞成' },
  ])
  if (!first || !second || !third) return expect.unreachable('three were stored')
  await followOnce(portal.deps, strict)
  const page = await moderating()
  await looksGood(page)

  await page.keyboard.press('j')
  await page.locator('.tag-claim', { hasText: '我认领' }).waitFor()
  await page.keyboard.press('k')
  await page.locator('#judged-body', { hasText: '13812345678' }).waitFor()
  await looksGood(page)
  await awake(page)
  await page.keyboard.press('p')
  await page.getByRole('status').filter({ hasText: '已决定：公开' }).waitFor()
  expect(await page.locator(`#row-${first.publicId}`).textContent()).toContain('已决定：公开')
  expect(await stateOf(first.publicId)).toBe('published')

  await awake(page)
  await page.keyboard.press('r')
  await looksGood(page)
  await page.keyboard.press('Space')
  await page.getByLabel('广告').check()
  await page.getByRole('button', { name: '决定：不纳入研究' }).press('Enter')
  await page.getByRole('status').filter({ hasText: '已决定：不纳入' }).waitFor()
  expect(await stateOf(second.publicId)).toBe('refused')

  await page.getByText('隐去别的文字').click()
  await page.getByLabel('要隐去的文字').fill('pjw 赞成')
  expect(await stateOf(third.publicId)).toBe('pending')
  await page.keyboard.press('Escape')
  const clause = await portal.newPage()
  await clause.goto(`/consultations/shanxi-laoqu/clauses/${first.clause}`)
  await clause.locator('.comment-body', { hasText: '▇▇（手机号）' }).waitFor()

  await page.locator('h1').click()
  await page.keyboard.press('?')
  expect(await page.locator('#keys-on:focus').count()).toBe(1)
  await page.keyboard.press('?')
  expect(await page.locator('#keys[open]').count()).toBe(0)
  await page.keyboard.press('?')
  await page.getByLabel('使用快捷键').uncheck()
  await page.locator('h1').click()
  await page.keyboard.press('p')
  await page.reload()
  expect(await stateOf(third.publicId)).toBe('pending')

  // Leaving the page let go of the comment, before or after the new page was read.
  await page.locator(`#row-${third.publicId} button.row`).click()
  await page.getByRole('button', { name: '纳入研究并公开' }).waitFor()
  await portal.db.query.delete(sessions)
  await awake(page)
  await page.getByRole('button', { name: '纳入研究并公开' }).click()
  await page.getByRole('alert').filter({ hasText: '您已退出登录，这次没有提交成功' }).waitFor()
  await looksGood(page)
  expect(await stateOf(third.publicId)).toBe('pending')
})

test('a moderator hides one of several places of a name by mouse, and every one by keyboard', async () => {
  const { publicId } = await aComment(portal, { body: '阿毛头问，请打 13812345678 找阿毛头，阿毛头在家' })
  const page = await moderating()
  await page.locator(`#row-${publicId} button.row`).click()
  await page.locator('.tag-claim', { hasText: '我认领' }).waitFor()
  await page.locator('.htmx-request, .htmx-swapping, .htmx-settling').first().waitFor({ state: 'detached' })
  const select = (from: number) =>
    page.evaluate(
      `{ const last = document.getElementById('judged-body').lastChild
         getSelection().setBaseAndExtent(last, ${from}, last, ${from} + 3) }`,
    )
  await select(' 找阿毛头，'.length)
  await page.locator('#judged-body').dispatchEvent('mouseup')
  expect(await page.getByLabel('要隐去的文字').inputValue()).toBe('阿毛头')
  await page.getByLabel('只隐去选中的这一处').check()
  await page.getByRole('button', { name: '隐去', exact: true }).last().click()
  await page.locator('#judged-body', { hasText: '找阿毛头，阿毛头（姓名）在家' }).waitFor()

  await page.locator('h1').click()
  await page.keyboard.press('m')
  await page.keyboard.type('没有')
  await page.keyboard.press('Control+Home')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => page.locator('#mark-text').inputValue()).toBe('阿毛头')
  await looksGood(page)
  await page.getByLabel('要隐去的文字').press('Enter')
  await page.locator('#judged-body', { hasText: '阿毛头（姓名）问，' }).waitFor()
  expect(await page.locator('#judged-body').textContent()).toContain('找阿毛头（姓名），阿毛头（姓名）在家')
})

test('what is proposed is judged by one key each, the same words together', async () => {
  const body = '村民张建国、李秀英反映：张建国的电话是 13812345678，车牌晋A12345。'
  const { publicId } = await aComment(portal, { body })
  await followOnce(portal.deps, strict)
  const page = await moderating()
  await page.goto(`/moderation?comment=${publicId}`)
  await looksGood(page)
  const judged = page.locator('#judged-body')
  await page.keyboard.press('2')
  await page.locator('.marked-hidden', { hasText: '李秀英' }).waitFor()
  await page.keyboard.press('n')
  await page.locator('.marked-shown', { hasText: '13812345678' }).waitFor()
  expect(await judged.textContent()).toContain('张建国（不隐去）、李秀英（姓名）反映：张建国（不隐去）')
  await page.keyboard.press('1')
  await judged.filter({ hasText: '张建国（姓名）、李秀英（姓名）反映：张建国（姓名）' }).waitFor()
  await page.keyboard.press('2')
  await judged.filter({ hasText: '李秀英（不隐去）' }).waitFor()
  await looksGood(page)
})

test('what takes the focus does not hide behind the bar of acts', async () => {
  const numbers = Array.from({ length: 15 }, (_, i) => `13812345${600 + i}`)
  const { publicId } = await aComment(portal, { body: `请按这些号码回电：${numbers.join('，')}` })
  await followOnce(portal.deps, strict)
  const page = await moderating({ height: 700 })
  await page.goto(`/moderation?comment=${publicId}`)
  const buttons = page.locator('.marks button')
  await buttons.first().focus()
  for (let i = 1; i < (await buttons.count()); i++) {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(isInSight), `button ${i}`).toBe(true)
  }
})

/** Whether what has the focus is what a mouse would find in its middle. */
const isInSight = `{
  const { left, top, width, height } = document.activeElement.getBoundingClientRect()
  document.activeElement.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}`

test('the same without script: open, mark, decide, reopen', async () => {
  const { publicId } = await aComment(portal, { body: '我叫刘建国，希望村里通公交' })
  const page = await moderating({ script: false, width: 320, height: 700 })
  await page.locator(`#row-${publicId} button.row`).click()
  await page.getByText('隐去别的文字').click()
  await page.getByLabel('要隐去的文字').fill('刘建国')
  await page.getByRole('button', { name: '隐去', exact: true }).click()
  await page.getByRole('button', { name: '纳入研究并公开（隐去 1 处）' }).click()
  await page.getByText('已决定：公开').waitFor()
  await page.goto(`/moderation?comment=${publicId}`)
  expect(await page.locator('#judged-body').textContent()).toContain('我叫▇▇（姓名）')
  await page.getByText('重新审核…').click()
  await page.getByLabel('为什么重新审核').fill('村名也应隐去')
  await page.getByRole('button', { name: '重新审核', exact: true }).click()
  await page.getByRole('button', { name: '查看原文' }).click()
  await page.getByText('我叫刘建国').waitFor()
  await page.getByRole('button', { name: '恢复原文' }).click()
  await page.getByText('公开时隐去').first().waitFor()
  expect(await stateOf(publicId)).toBe('pending')
})

test('a group is looked through and decided at once, and an appeal is heard', async () => {
  const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
  for (const added of ['', '', '我们村的卫生院连血压计都没有。'])
    await aComment(portal, { body: letter + added })
  await followOnce(portal.deps, strict)
  const page = await moderating()
  await page.getByRole('link', { name: '同类意见', exact: true }).click()
  await page.getByRole('link', { name: '建议明确县级财政' }).click()
  await page.locator('mark', { hasText: '血压计' }).waitFor()
  await looksGood(page)
  await page.keyboard.press('g')
  await page.getByRole('heading', { name: '批量处理 3 条意见' }).waitFor()
  await looksGood(page)
  await page.getByRole('button', { name: '下一步：核对 3 条' }).first().click()
  await looksGood(page)
  await page.getByRole('button', { name: '确认：对 3 条作出这个决定' }).click()
  await followOnce(portal.deps, strict)
  await page.reload()
  await page.getByText('已决定 3 条，跳过 0 条').waitFor()
  await looksGood(page)

  const { id, publicId } = await aComment(portal, { body: '这是被误判的意见，请看清楚' })
  await portal.db.query.update(comments).set({ review: 2 }).where(eq(comments.id, id))
  const appeal = { commentId: id, grounds: '我说的就是这一条', review: 2, createdAt: portal.clock.now }
  await portal.db.query.insert(appeals).values(appeal)
  await page.goto(`/moderation?comment=${publicId}`)
  await page.getByText('申请复核').first().waitFor()
  await looksGood(page)
  await page.getByLabel('复核答复').first().fill('经复核，属于本草案事项，予以公开。')
  await awake(page)
  await page.getByRole('button', { name: '纳入研究并公开' }).click()
  await page.getByText('已决定：公开').first().waitFor()
  expect(await stateOf(publicId)).toBe('published')
})

test('what came on paper is entered, and its receipt can be printed', async () => {
  const page = await moderating()
  await page.getByRole('link', { name: '线下录入' }).click()
  await looksGood(page)
  await page.getByRole('button', { name: '录入并生成回执' }).click()
  await page.getByLabel('来源').selectOption('来信')
  await page.getByRole('button', { name: '录入并生成回执' }).click()
  await page.getByRole('alert').waitFor()
  await looksGood(page)
  await page.getByLabel('条款').first().selectOption({ index: 3 })
  await page.getByLabel('类型').first().selectOption('赞成')
  await page.getByRole('textbox', { name: '意见内容' }).first().fill('来信赞成这一条')
  await page.getByRole('button', { name: '录入并生成回执' }).click()
  await page.locator('#receipt-code').waitFor()
  await looksGood(page)
})

test('a table of letters is put right, looked through and entered', async () => {
  const page = await moderating({ width: 320, height: 700 })
  const table = (stance: string) => ({
    name: '来信登记.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`来源,收到日期,条款,意见类型,意见内容\n来信,2026-11-20,全文,${stance},建议尽快印发`),
  })
  await page.getByRole('link', { name: '线下录入' }).click()
  await page.getByRole('link', { name: '用表格批量录入' }).click()
  await looksGood(page)
  await page.getByLabel('填好的表格').setInputFiles(table('批评'))
  await page.getByRole('button', { name: '检查并预览' }).click()
  await page.getByText('第 2 行：意见类型“批评”不认得').waitFor()
  await looksGood(page)
  await page.getByLabel('填好的表格').setInputFiles(table('赞成'))
  await page.getByRole('button', { name: '检查并预览' }).click()
  await page.getByText('建议尽快印发').waitFor()
  await looksGood(page)
  await page.getByRole('button', { name: '确认录入 1 份来文' }).click()
  await page.getByText('录入中').waitFor()
  await followOnce(portal.deps, strict)
  await page.getByText('已录入').waitFor()
  await looksGood(page)
  await page.getByRole('link', { name: '打印回执' }).click()
  await page.getByText('查询码', { exact: true }).waitFor()
  await looksGood(page)
})

test('the settings, the log, the audit and the faults are good to read', async () => {
  const member = await aMember(portal, 'admin', 'auditor')
  const page = await portal.newPage({ width: 320, height: 700 })
  await page.goto('/staff/sign-in')
  await page.getByLabel('姓名').fill(member.name)
  await page.getByLabel('密码').fill(password)
  await page.getByLabel('动态验证码').fill(codeOf(member, portal.clock.now))
  await page.getByRole('button', { name: '登录' }).click()
  const fault = {
    work: 'intake_letters',
    subject: `${crypto.randomUUID()}:7`,
    cause: null,
    error: 'BrokenSeal',
  } as const
  await mark(portal.db, fault, portal.clock.now)
  for (const path of ['/admin/moderation', '/admin/log', '/admin/audit', '/admin/faults']) {
    await page.goto(path)
    await looksGood(page)
  }
})
