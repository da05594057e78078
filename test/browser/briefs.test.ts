import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addUnitOpinion } from '../../db/queries/answers/unit-opinions.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../db/queries/points/worded-concerns.ts'
import { consultations, staff } from '../../db/schema/index.ts'
import { briefMaking } from '../../server/jobs/briefs/briefs.ts'
import { leaderPageLimits } from '../../server/rules/briefs/leader-page-form.ts'
import { doSome } from '../jobs/doing.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { opinions } from '../text/opinions.ts'
import {
  type BrowsedPortal,
  browsePortal,
  expectAccessible,
  expectNoSidewaysScroll,
  staffPage,
} from './browser.ts'

let portal: BrowsedPortal
const office = '/office/shanxi-laoqu'
const long = (count: number) => '老区振兴'.repeat(Math.ceil(count / 4)).slice(0, count)

sharedPortal(async () => {
  portal = await browsePortal()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  const comments = await say(
    portal.db,
    consultation,
    opinions()
      .slice(0, 60)
      .map(({ text: body, stance }) => ({ ...amendment, wording: null, body, stance })),
  )
  await staffPage(portal, 'drafter')
  const act = { staffId: await someone(), now: portal.clock.now }
  for (let i = 0; i < 5; i++) {
    const facts = { sentence: `${i}${long(299)}`, clause: 'p7', themeId: null, departmentId: null }
    await makeConcern(portal.db, consultation.id, facts, { pointIds: [], comments: [comments[i] ?? ''] }, act)
  }
  return portal
})

test('a brief is asked for, waited for and read, accessible and at 320 px', async () => {
  const page = await staffPage(portal, 'drafter')
  await page.goto(`${office}/brief`)
  await expectAccessible(page)
  await page.getByRole('button', { name: '生成摘要' }).click()
  await page.getByText('正在生成截至').waitFor()
  await expectAccessible(page)
  const kind = briefMaking()
  while ((await doSome(portal.deps, kind)) > 0);
  // The part that says how far it has come is replaced by a link to the brief.
  await page.getByRole('link', { name: '查看' }).click()
  await page
    .getByText(/这 \d+ 句覆盖/)
    .first()
    .waitFor()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 800 })
  await expectNoSidewaysScroll(page)
})

test('the page for the leader is printed on one side, empty and with the longest that may be typed', async () => {
  const page = await staffPage(portal, 'drafter')
  const { db, clock } = portal
  const consultation = await findConsultation(db, 'shanxi-laoqu')
  await page.goto(`${office}/leader-page`)
  await expectAccessible(page)
  expect(await printed('empty', () => page.pdf({ preferCSSPageSize: true, format: 'A4' }))).toBe(1)
  for (const unit of ['甲', '乙', '丙']) {
    await addUnitOpinion(
      db,
      consultation?.id ?? '',
      {
        ...{ unit: unit + long(59), letterNumber: null, sentOn: '2026-11-20', dueOn: null, repliedOn: null },
        ...{ reply: 'opinion', unitPosition: long(5000), officePosition: long(5000), unresolved: true },
      },
      { staffId: await someone(), now: clock.now },
    )
  }
  await db.query.update(consultations).set({ title: long(200), organ: long(40) })
  const { question, proposal, decisions, unit, contact, phone } = leaderPageLimits
  await page.getByLabel('请示事项').fill(long(question))
  for (const place of [1, 2, 3, 4, 5]) await page.getByLabel(`意见 ${place} 的拟办意见`).fill(long(proposal))
  await page.getByLabel('需研究决定的事项').fill(long(decisions))
  await page.getByLabel('承办处室').fill(long(unit))
  await page.getByLabel('联系人').fill(long(contact))
  await page.getByLabel('电话').fill(long(phone))
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('第 1 版').waitFor()
  await expectAccessible(page)
  expect(await printed('full', () => page.pdf({ preferCSSPageSize: true, format: 'A4' }))).toBe(1)
  await page.setViewportSize({ width: 320, height: 800 })
  await expectNoSidewaysScroll(page)
})

async function someone(): Promise<string> {
  const [member] = await portal.db.query.select({ id: staff.id }).from(staff)
  return member?.id ?? expect.unreachable('nobody works here')
}

/** How many pages are printed; they are kept where KEEP names a folder. */
async function printed(name: string, print: () => Promise<Buffer>): Promise<number> {
  const pdf = await print()
  if (process.env.KEEP) writeFileSync(join(process.env.KEEP, `printed-${name}.pdf`), pdf)
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
