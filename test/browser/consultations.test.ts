import { Document, Packer, Paragraph } from 'docx'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policy, secondPolicy } from '../office/consultations/draft-text.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal

beforeAll(async () => {
  portal = await browsePortal()
})
afterAll(() => portal.close())

async function wordFile(text: string): Promise<Buffer> {
  const children = text
    .split('\n')
    .filter(Boolean)
    .map((line) => new Paragraph(line))
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

/** Every act of these pages leads to a page, which is there when this ends. */
async function leading(page: Page, act: Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act])
}

const press = (page: Page, name: string | RegExp) => leading(page, page.getByRole('button', { name }).click())
const follow = (page: Page, name: string | RegExp) =>
  leading(page, page.getByRole('link', { name, exact: true }).first().click())

test.each([{ script: true }, { script: false }])(
  'a Word file becomes a consultation, is repaired and published, and its second round is mapped and compared (script: $script)',
  async ({ script }) => {
    const looksGood = async (page: Page) => {
      // axe is a script too.
      if (script) await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    const noScriptWidth = script ? {} : { width: 320 }
    const drafter = await staffPage(portal, 'drafter', { script, ...noScriptWidth })
    const slug = script ? 'yanglao' : 'yanglao-2'

    await drafter.goto('/office')
    await follow(drafter, '新的征求意见活动')
    await press(drafter, '读入征求意见稿')
    await looksGood(drafter)
    expect(await drafter.getByRole('alert').textContent()).toContain('请选择文件，或者粘贴征求意见稿全文')
    await drafter.getByLabel('上传文件').setInputFiles({
      name: '社区养老.docx',
      mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      buffer: await wordFile(policy),
    })
    await drafter.getByLabel('征求意见的单位').fill('某市民政局')
    await drafter.getByLabel('重大行政决策').check()
    await drafter.getByLabel('网址名').fill(slug)
    await press(drafter, '读入征求意见稿')

    await drafter.getByText('一字不少').waitFor()
    await looksGood(drafter)
    await follow(drafter, /移出\s*：第 5 段/)
    await looksGood(drafter)
    await drafter.getByLabel('从这几个字开始，另成一段').fill('服务站应当')
    await press(drafter, '拆分')
    await drafter.getByText('撤销上一步：拆分').waitFor()
    expect(await drafter.locator('#u5').textContent()).toContain('服务站应当设在一层')
    await press(drafter, '撤销上一步：拆分')
    await drafter.getByText('已做 0 步修改').waitFor()
    expect(await drafter.locator('#u5').textContent()).toContain('培养护理人员')
    await follow(drafter, '目录无误，下一步')

    await looksGood(drafter)
    await follow(drafter, '起草说明')
    await drafter.getByLabel('截止日期').fill('2026-12-01')
    await drafter.getByLabel('起草说明', { exact: true }).fill('为了方便老年人就近养老。')
    await press(drafter, '保存')
    expect(await drafter.getByRole('alert').textContent()).toContain('这类文件一般不少于30日')
    await looksGood(drafter)
    await drafter.getByLabel('截止日期').fill('2026-12-30')
    await press(drafter, '保存')
    await follow(drafter, '承诺公布结果的日期')
    await looksGood(drafter)
    await drafter.getByLabel('承诺公布结果的日期').fill('2027-02-01')
    await press(drafter, '保存')
    await follow(drafter, '征求意见公告')
    await looksGood(drafter)
    await drafter.goto(`/office/${slug}/publication`)
    await drafter.getByText('都已完成，请审批人员登录本页批准公布').waitFor()

    const approver = await staffPage(portal, 'approver', { script, ...noScriptWidth })
    await approver.goto(`/office/${slug}/publication`)
    await looksGood(approver)
    await press(approver, '批准公布')
    await approver.getByText(`/consultations/${slug}`).waitFor()
    await looksGood(approver)
    for (const page of ['extensions', 'suspension', 'corrections']) {
      await approver.goto(`/office/${slug}/${page}`)
      await looksGood(approver)
    }

    await drafter.goto(`/office/${slug}/publication`)
    await follow(drafter, '导入第 2 稿')
    await looksGood(drafter)
    await drafter.getByLabel('或者粘贴全文').fill(secondPolicy)
    await press(drafter, '读入')
    await drafter.goto(`/office/${slug}/rounds/2/mapping`)
    await looksGood(drafter)
    await press(drafter, '其余 5 条都对，确认')
    await approver.goto(`/office/${slug}/publication`)
    await press(approver, '批准公布')
    await approver.getByRole('heading', { name: '第 2 稿等待公布' }).waitFor({ state: 'detached' })

    const citizen = await portal.newPage({ script, ...noScriptWidth })
    await citizen.goto(`/consultations/${slug}`)
    await follow(citizen, '与上一稿对照')
    await looksGood(citizen)
    expect(await citizen.locator('#p3 del').first().textContent()).toBe('一')
    expect(await citizen.locator('#p3 ins').first().textContent()).toBe('两')
    for (const path of ['notice', 'clauses/p3', 'clauses/p4', '']) {
      await citizen.goto(`/consultations/${slug}/${path}`.replace(/\/$/, ''))
      await looksGood(citizen)
    }
  },
)

test('an outline is repaired from the keyboard alone', async () => {
  const drafter = await staffPage(portal, 'drafter', { script: false })
  await drafter.goto('/office/consultations/new')
  await drafter.getByLabel('或者粘贴全文').fill(policy)
  await drafter.getByLabel('征求意见的单位').fill('某市民政局')
  await drafter.getByLabel('规章').check()
  await drafter.getByLabel('网址名').fill('yanglao-3')
  await drafter.keyboard.press('Enter')
  const lower = drafter.getByRole('button', { name: /降级\s*：第 2 段/ })
  await lower.focus()
  await drafter.keyboard.press('Enter')
  await drafter.getByText('撤销上一步：降级').waitFor()
  expect(await drafter.locator('#u1 .kind').textContent()).toBe('正文')
  await drafter.waitForLoadState()
  await drafter.locator('#u1').screenshot() // a painted page: only then does its address say where the keyboard goes on
  await drafter.keyboard.press('Tab')
  const focused = drafter.locator(':focus')
  expect(await focused.getAttribute('value')).toBe('raise-1')
})
