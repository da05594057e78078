import { expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { assignClauses } from '../../db/queries/departments/clause-departments.ts'
import { appointHead, joinDepartment } from '../../db/queries/departments/department-members.ts'
import { addDepartment, departmentsOf } from '../../db/queries/departments/departments.ts'
import { departmentReplies } from '../../db/schema/index.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { signIn } from '../staff.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  pageOf,
} from './browser.ts'

let portal: BrowsedPortal
sharedPortal(async () => {
  portal = await browsePortal()
  return portal
})

test.each([{ script: true }, { script: false }])(
  'a department of one reads, answers and confirms at 320 px (script: $script)',
  async ({ script }) => {
    const { db } = portal
    // axe waits for the page's own timers, which stand still where scripts are off.
    const look = async () => {
      if (script) await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    const consultation = await findConsultation(db, 'shanxi-laoqu')
    if (!consultation) throw new Error('the seed is not there')
    const clause = script ? 'p7' : 'p8'
    await say(db, consultation, [{ ...amendment, clause, body: `请写明牵头单位（${clause}）。` }])
    const member = await signIn(portal, 'department')
    const act = { staffId: member.id, now: portal.clock.now }
    await addDepartment(db, consultation.id, `单位${clause}`, act)
    const departments = await departmentsOf(db, consultation.id)
    const departmentId = departments.find(({ name }) => name === `单位${clause}`)?.id ?? ''
    const given = { clauses: [clause], dueOn: '2026-12-31' }
    await assignClauses(db, { consultationId: consultation.id, departmentId }, given, act)
    await joinDepartment(db, departmentId, member.name, act)
    await appointHead(db, departmentId, { memberId: member.id, isHead: true }, act)

    const page = await pageOf(portal, member, { script, width: 320 })
    await page.goto('/office')
    await look()
    await page.getByRole('link', { name: /^待我答复/ }).click()
    await look()
    await page.getByRole('link', { name: /答复这条意见/ }).press('Enter')
    await look()
    await page.getByRole('button', { name: '送负责人确认' }).press('Enter')
    expect(await page.title()).toMatch(/^出错：/)
    await look()
    await page.getByRole('radio', { name: '部分采纳' }).press('Space')
    await page.getByLabel('理由', { exact: true }).fill('拟写明牵头单位。')
    await page.getByRole('button', { name: '送负责人确认' }).press('Enter')
    await look()
    await page.getByLabel('函号').fill('晋农函〔2026〕5号')
    await page.getByLabel('日期').fill('2026-11-24')
    await page.getByRole('button', { name: '确认', exact: true }).press('Enter')
    await page.getByText('已经确认，交起草单位研究').waitFor()
    await look()
    const replies = await db.query.select().from(departmentReplies)
    expect(replies.map(({ departmentId: of, state }) => [of, state])).toContainEqual([
      departmentId,
      'confirmed',
    ])
  },
)
