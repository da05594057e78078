import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { parseCsvObjects } from 'hucre/csv'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../db/queries/answers/responses.ts'
import { addToCounts } from '../../db/queries/comments/comment-counts.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { comments } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { everything } from '../../server/rules/comments/reading-filters.ts'
import { strict } from '../jobs/doing.ts'
import { aComment } from '../moderation/comments.ts'
import { amendment, type Said, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { aMember } from '../staff.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal
let consultation: Consultation
const office = '/office/shanxi-laoqu'
const silent = { info: () => {}, error: () => {} }
const afterClosing = new Date('2026-12-24T02:00:00Z')
const said = (clause: string, state: string, body: string): Said => ({
  ...amendment,
  clause,
  state,
  body,
  region: '长治市',
  wording: '写明完成时限。',
})

const anewAfter = sharedPortal(async () => {
  portal = await browsePortal()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  portal.clock.now = afterClosing
  return portal
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test.each([{ script: true }, { script: false }])(
  'one answer to many, approved, exported with progress (script: $script)',
  async ({ script }) => {
    // axe waits for the page's own timers, which stand still where scripts are off.
    const look = script ? expectAccessible : expectNoSidewaysScroll
    const clause = script ? 'p7' : 'p8'
    await say(portal.db, consultation, [
      said(clause, 'published', '请写明时限。'),
      said(clause, 'published', '请写明时限！'),
      said(clause, 'withheld', '不愿公开的话。'),
    ])
    const drafter = await staffPage(portal, 'drafter', { script })
    await drafter.goto(`${office}/comments?clause=${clause}`)
    await look(drafter)
    await drafter.getByRole('link', { name: '用一份答复答复这里列出的全部意见' }).click()
    await look(drafter)
    await press(drafter, '保存为草稿')
    await drafter.getByText('请选择采纳情况').first().waitFor()
    await look(drafter)
    await drafter.getByLabel('部分采纳').check()
    await drafter.getByRole('textbox', { name: '理由' }).fill('已写明时限。')
    await drafter.getByLabel('归纳').fill('建议写明时限')
    await press(drafter, '保存为草稿')
    await press(drafter, '送审')
    await drafter.getByText('等待另一位审批人员批准').waitFor()
    await look(drafter)

    const approver = await staffPage(portal, 'approver', { script })
    await approver.goto(`${office}/responses?state=submitted`)
    await look(approver)
    await approver.getByRole('link', { name: '部分采纳' }).click()
    await look(approver)
    await press(approver, '批准')
    await approver.getByText('已批准').first().waitFor()

    await drafter.goto(`${office}/papers`)
    await look(drafter)
    await drafter.getByRole('button', { name: '生成 ZIP 全部文件（内部）' }).click()
    await drafter.getByRole('heading', { name: '生成文件' }).waitFor()
    await look(drafter)
    const download = drafter.getByRole('link', { name: '下载' })
    while (!script && (await download.count()) === 0) {
      await wait(500)
      await drafter.reload()
    }
    await download.waitFor({ timeout: 60_000 })
    await drafter.goto(`${office}/papers`)
    const [file] = await Promise.all([
      drafter.waitForEvent('download'),
      drafter.getByRole('link', { name: 'CSV 意见（内部）' }).click(),
    ])
    const csv = parseCsvObjects(await readFile(await file.path(), 'utf8'), { header: true }).data
    expect(csv.filter((row) => row.条款代码 === clause)).toHaveLength(3)
  },
)

test('every page of the office can be used at 320 px and by everybody', async () => {
  const drafter = await staffPage(portal, 'drafter', { script: true, width: 320 })
  const pages = [
    '',
    '/comments',
    '/figures',
    '/themes',
    '/themes/candidates',
    '/themes/proposals',
    '/themes/tables',
    '/departments',
    '/units',
    '/responses',
    '/outcome',
    '/warnings',
    '/departments/replies',
    '/papers',
    '/procedure',
    '/materials?material=legality',
    '/findings',
    '/clauses/p7',
    '/templates',
    '/procedure',
    '/comments?words=%E6%97%B6%E9%99%90',
  ]
  for (const path of pages) {
    await drafter.goto(office + path)
    await expectAccessible(drafter)
    await expectNoSidewaysScroll(drafter)
  }
})

test('a campaign is answered once with a template, approved by another, and every receipt says so', async () => {
  const { db, deps } = portal
  portal.clock.now = new Date('2026-11-25T02:00:00Z')
  const letter = '建议在每个县建设一处红色文化展馆，配备讲解员，免费向中小学生开放，并公布开放时间。'
  const copies = []
  for (let i = 0; i < 2; i++) copies.push(await aComment(portal, { body: letter, clause: 'p12' }))
  await followOnce(deps, strict)
  for (const { id } of copies) {
    await db.query.update(comments).set({ state: 'published' }).where(eq(comments.id, id))
    await db.atomically((tx) =>
      addToCounts(tx, [
        {
          cell: { consultationId: consultation.id, clause: 'p12', stance: 'amend', state: 'pending' },
          by: -1,
        },
        {
          cell: { consultationId: consultation.id, clause: 'p12', stance: 'amend', state: 'published' },
          by: 1,
        },
      ]),
    )
  }
  const drafter = await staffPage(portal, 'drafter', { script: true, width: 390 })
  await drafter.goto(`${office}/templates`)
  await drafter.getByLabel('模板名称').fill('已写入')
  await drafter.getByLabel('采纳', { exact: true }).check()
  await drafter.getByLabel('理由').fill('已写入本条。')
  await press(drafter, '新建模板')
  await drafter.getByRole('row', { name: /已写入/ }).waitFor()
  await expectAccessible(drafter)

  await drafter.goto(`${office}/comments?clause=p12&words=${encodeURIComponent('红色文化')}`)
  await drafter.locator('mark', { hasText: '红色文化' }).first().waitFor()
  await expectAccessible(drafter)
  await drafter.getByRole('link', { name: '同类意见 2 条' }).first().click()
  await drafter.getByRole('link', { name: '用一份答复，答复这组同类意见' }).first().click()
  await drafter.getByText('文字与原文相同的自动适用这份答复').waitFor()
  await expectAccessible(drafter)
  await press(drafter, '套用')
  await drafter.getByText('已写入本条。').waitFor()
  await press(drafter, '保存为草稿')
  await press(drafter, '送审')
  await drafter.getByText('2 条相同').waitFor()

  const approver = await staffPage(portal, 'approver', { script: true })
  await approver.goto(`${office}/responses?state=submitted`)
  await approver
    .getByRole('row', { name: /已写入本条/ })
    .getByRole('rowheader')
    .getByRole('link')
    .click()
  await press(approver, '批准')
  await approver.getByText('已批准').first().waitFor()
  await expectAccessible(approver)

  const citizen = await portal.newPage({ width: 320 })
  await citizen.goto('/')
  for (const { code } of copies) {
    await citizen.getByRole('link', { name: '查询我的意见' }).click()
    await citizen.getByRole('textbox').fill(code)
    await citizen.getByRole('button', { name: '查询', exact: true }).click()
    await citizen.getByText('已写入本条。').waitFor()
  }
  portal.clock.now = afterClosing
})

test('themes, departments and units are sorted by hand, at 390 px too', async () => {
  await say(portal.db, consultation, [said('p12', 'published', '建议多建几处展馆。')])
  await followOnce(portal.deps, silent)
  const drafter = await staffPage(portal, 'drafter', { script: true, width: 390 })
  await drafter.goto(`${office}/themes`)
  await drafter.getByLabel('主题名称').fill('展馆')
  await drafter.getByLabel('关键词').fill('展馆')
  await press(drafter, '新建主题')
  await expectAccessible(drafter)
  await drafter.getByRole('button', { name: /全部归入/ }).click()
  await drafter.getByText('没有新的').waitFor()
  await drafter.goto(`${office}/departments`)
  await drafter.getByLabel('单位名称').fill('省文化和旅游厅')
  await press(drafter, '新增')
  await drafter.getByRole('heading', { name: '省文化和旅游厅' }).waitFor()
  await expectAccessible(drafter)
  await drafter.goto(`${office}/units`)
  await drafter.getByLabel('单位名称').fill('省财政厅')
  await drafter.getByLabel('发函日期').fill('2026-11-25')
  await press(drafter, '登记')
  await drafter.getByRole('link', { name: '省财政厅' }).click()
  await drafter.getByLabel('条款').selectOption('p7')
  await drafter.getByLabel('意见内容').fill('请明确资金来源。')
  await press(drafter, '登记一条意见')
  await drafter.getByText('请明确资金来源。').waitFor()
  await expectAccessible(drafter)
  await expectNoSidewaysScroll(drafter)
})

test('persons are named for an approver who says why, at 320 px', async () => {
  const approver = await staffPage(portal, 'approver', { script: true, width: 320 })
  await approver.goto(`${office}/papers`)
  await press(approver, '生成含个人信息的文件')
  await approver.getByRole('link', { name: '请填写事由' }).click()
  await expectAccessible(approver)
  await expectNoSidewaysScroll(approver)
  await approver.getByRole('combobox', { name: '文件' }).selectOption('意见（CSV）')
  await approver.getByLabel('事由').fill('就第七条意见联系提出人核实')
  await press(approver, '生成含个人信息的文件')
  await approver.getByRole('link', { name: '下载' }).waitFor({ timeout: 60_000 })
  await expectAccessible(approver)
})

test.each([
  ['/themes', '新建主题', 'name'],
  ['/templates', '新建模板', 'name'],
  ['/departments', '新增', 'name'],
  ['/procedure', '登记', 'step'],
  ['/clauses/p7', '保存备注', 'note'],
  ['/papers', '生成含个人信息的文件', 'paper'],
])(
  'whoever is refused at %s stands at what is wrong, which leads to its field',
  async (path, button, name) => {
    const approver = await staffPage(portal, 'approver', { script: false })
    await approver.goto(office + path)
    await press(approver, button)
    const summary = approver.locator('.error-summary:focus')
    await summary.waitFor()
    await summary.getByRole('link').first().click()
    expect(await approver.locator(':focus').getAttribute('name')).toBe(name)
  },
)

test('the outcome is published once everything is answered, and the public reads it', async () => {
  anewAfter()
  const { db } = portal
  await say(db, consultation, [
    said('p9', 'published', '请写明牵头单位。'),
    said('p9', 'withheld', '不愿公开的话。'),
  ])
  const [writer, other] = [await aMember(portal, 'drafter'), await aMember(portal, 'approver')]
  const target = { kind: 'reading' as const, filters: { ...everything, answered: 'no' as const } }
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: '建议写明牵头单位' }
  const id = await draftResponse(db, consultation.id, target, answer, {
    staffId: writer.id,
    now: portal.clock.now,
  })
  await submitResponse(db, consultation.id, id, { staffId: writer.id, now: portal.clock.now })
  await approveResponse(db, consultation.id, id, { staffId: other.id, now: portal.clock.now })

  const approver = await staffPage(portal, 'approver', { script: true })
  await approver.goto(`${office}/outcome`)
  await expectAccessible(approver)
  await press(approver, '公布结果')
  await approver.getByText('第 1 版').waitFor()
  await expectAccessible(approver)

  const citizen = await portal.newPage({ width: 320 })
  await citizen.goto('/consultations/shanxi-laoqu/outcome')
  await citizen.getByText('建议写明牵头单位').first().waitFor()
  await expectAccessible(citizen)
  await expectNoSidewaysScroll(citizen)
  expect(await citizen.content()).not.toContain('不愿公开的话')
})
