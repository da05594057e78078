import { expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../db/queries/points/worded-concerns.ts'
import { amendment, say } from '../office/filled-consultation.ts'
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
const pictures = process.env.LOOK_AT

sharedPortal(async () => {
  portal = await browsePortal()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  return portal
})

test.each([{ width: 1280 }, { width: 320 }])(
  'a wording is proposed with what led to it, sent back, put right and approved (width: $width)',
  async ({ width }) => {
    const clause = `${office}/clauses/${width === 320 ? 'p9' : 'p8'}`
    const key = clause.split('/').at(-1) ?? ''
    const drafter = await staffPage(portal, 'drafter', { width })
    const approver = await staffPage(portal, 'approver', { width })
    await drafter.goto(clause)
    const text = await drafter.getByLabel('修改后的条款（不含序号）').inputValue()
    const [first = ''] = text.split('。')
    const on = { ...amendment, clause: key }
    const [one = '', two = ''] = await say(portal.db, consultation, [
      { ...on, body: '请写明时限。', wording: `${first}，并于2030年前完成。` },
      { ...on, body: '应当每年公布。', wording: null },
    ])
    await makeConcern(
      portal.db,
      consultation.id,
      { sentence: '写明完成的时限，并每年公布进展', clause: key, themeId: null, departmentId: null },
      { pointIds: [], comments: [one, two] },
      { staffId: (await aMember(portal, 'drafter')).id, now: portal.clock.now },
    )
    await drafter.goto(clause)
    await expectAccessible(drafter)
    await drafter
      .getByRole('checkbox', { name: /未署名|·/ })
      .first()
      .check()
    await drafter.getByRole('button', { name: '把勾选的合成修改稿，再由您核对' }).click()
    await drafter.getByLabel('说明', { exact: true }).fill('写明时限。')
    await drafter.getByRole('button', { name: '保存修改稿，送批准' }).click()
    await drafter.getByRole('heading', { name: '等待批准的修改稿' }).waitFor()
    await expectAccessible(drafter)
    await approver.goto(`${office}/wordings`)
    await expectAccessible(approver)
    await expectNoSidewaysScroll(approver)
    if (pictures) await approver.screenshot({ path: `${pictures}-list-${width}.png`, fullPage: true })
    await approver.goto(clause)
    await approver.getByText('退回修改稿').click()
    await approver.getByLabel('退回意见').fill('请写明由谁负责。')
    await approver.getByRole('button', { name: '退回', exact: true }).click()
    await drafter.goto(clause)
    await drafter.getByText('退回意见：请写明由谁负责。').waitFor()
    if (pictures) await drafter.screenshot({ path: `${pictures}-returned-${width}.png`, fullPage: true })
    await drafter.getByRole('button', { name: '保存修改稿，送批准' }).click()
    await approver.goto(clause)
    if (pictures) await approver.screenshot({ path: `${pictures}-waiting-${width}.png`, fullPage: true })
    await approver.getByRole('button', { name: '批准修改稿' }).click()
    await approver.getByRole('heading', { name: '已经批准的修改稿' }).waitFor()
    await expectAccessible(approver)
    await expectNoSidewaysScroll(approver)
  },
)
