import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { draftResponse } from '../../db/queries/answers/response-drafts.ts'
import { submitResponse } from '../../db/queries/answers/responses.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../db/queries/departments/clause-departments.ts'
import { addDepartment, departmentsOf } from '../../db/queries/departments/departments.ts'
import { disableStaff } from '../../db/queries/staff/staff-accounts.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { aMember, type TestMember } from '../staff.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal
let consultation: Consultation
let drafter: TestMember
const office = '/office/shanxi-laoqu'

sharedPortal(async () => {
  portal = await browsePortal()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  drafter = await aMember(portal, 'drafter')
  return portal
})

/** Answers to a comment each, submitted by the drafter. */
async function submitted(count: number, outcome: 'adopted' | 'not_adopted'): Promise<void> {
  const { db, clock } = portal
  const by = { staffId: drafter.id, now: clock.now }
  const comments = await say(
    db,
    consultation,
    Array.from({ length: count }, () => ({ ...amendment, body: '请写明时限。'.repeat(80) })),
  )
  for (const comment of comments) {
    const answer = { outcome, reason: '已写明。', summary: null }
    const target = { kind: 'comments' as const, ids: [comment] }
    await submitResponse(
      db,
      consultation.id,
      await draftResponse(db, consultation.id, target, answer, by),
      by,
    )
  }
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

test.each([
  { script: true, width: 1280 },
  { script: false, width: 320 },
])('answers are approved and returned together (script: $script, $width px)', async ({ script, width }) => {
  // axe waits for the page's own timers, which stand still where scripts are off.
  const look = script ? expectAccessible : expectNoSidewaysScroll
  await submitted(2, 'not_adopted')
  await submitted(12, 'adopted')
  const page = await staffPage(portal, 'approver', { script, width })
  await page.goto('/office')
  await look(page)
  await page.getByRole('link', { name: /^待我批准 14 份/ }).click()
  await look(page)
  const link = page.getByRole('link', { name: '全选本页' })
  await link.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '全不选' }).waitFor()
  const boxes = page.locator('input[name=response]')
  expect(await page.locator('input[name=response]:checked').count()).toBe(await boxes.count())
  for (const place of [0, 1]) await boxes.nth(place).uncheck()
  if (script) await link.waitFor()
  await press(page, '批准勾选的')
  await page.getByRole('heading', { name: '批准 12 份答复：请先核对' }).waitFor()
  await look(page)
  await press(page, '确认批准 12 份')
  await page.getByText('全部办好了').waitFor()
  await look(page)
  await page.getByRole('link', { name: '返回待批准的答复' }).click()
  await page.getByLabel('不用勾选，这里列出的全部').check()
  await press(page, '退回勾选的')
  await press(page, '确认退回 2 份')
  await page.getByRole('link', { name: '请填写退回意见' }).waitFor()
  await look(page)
  await page.getByLabel('退回意见').fill('请写明依据。')
  await press(page, '确认退回 2 份')
  await page.getByRole('heading', { name: '已退回 2 份答复' }).waitFor()
})

test('what bars the outcome, handing over, reading and reminding can be used at 320 px and by everybody', async () => {
  const { db, clock } = portal
  const by = { staffId: drafter.id, now: clock.now }
  await submitted(1, 'adopted')
  const ids = await say(db, consultation, [{ ...amendment, body: '请写明时限。'.repeat(80) }])
  const answer = { outcome: 'adopted' as const, reason: '已写明。', summary: null }
  await draftResponse(db, consultation.id, { kind: 'comments', ids: ids.slice(0, 1) }, answer, by)
  await say(db, consultation, [{ ...amendment, body: '请写明时限。'.repeat(80) }])
  await addDepartment(db, consultation.id, '省农业农村厅', by)
  const [department] = await departmentsOf(db, consultation.id)
  const of = { consultationId: consultation.id, departmentId: department?.id ?? '' }
  await assignClauses(db, of, { clauses: ['p7'], dueOn: '2026-11-01' }, by)
  await disableStaff(db, drafter.id, by)
  const page = await staffPage(portal, 'approver', { script: true, width: 320 })
  const look = async () => {
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
  await page.goto(`${office}/comments`)
  await look()
  await page
    .getByText(/^其余 \d+ 字$/)
    .first()
    .click()
  await page.getByRole('link', { name: '全选本页' }).click()
  await look()
  await page.goto(`${office}/departments`)
  await press(page, '登记催办')
  await page.getByText(/^催办/).waitFor()
  await page.getByText('分给它条款').click()
  await look()
  await page.getByLabel('加多少个工作日').fill('十')
  await press(page, '分给省农业农村厅')
  await page.getByRole('link', { name: '工作日数请填 1 到 999 的数字' }).waitFor()
  await look()
  await page.goto(`${office}/obstacles`)
  await look()
  const next = await aMember(portal, 'drafter')
  await page.reload()
  await page.getByLabel(/起草中的 \d+ 份交给/).selectOption({ label: next.name })
  await press(page, /^交接 \d+ 份$/)
  await page.getByRole('rowheader', { name: next.name }).waitFor()
  const admin = await staffPage(portal, 'admin', { script: true, width: 320 })
  await admin.goto(`/admin/staff/${drafter.id}`)
  await expectAccessible(admin)
})
