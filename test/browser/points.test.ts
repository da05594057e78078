import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Consultation, findConsultation } from '../../db/queries/consultations/consultations.ts'
import { commentToSplit } from '../../db/queries/points/splits.ts'
import { amendment, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
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
const letter = [
  '您好！我是武乡县的村民。',
  '一是建议写明贴息的期限，三年比较合适。',
  '二是建议修通武乡到沁源的旅游公路。',
  '谢谢你们。',
].join('\n')

sharedPortal(async () => {
  portal = await browsePortal()
  consultation = (await findConsultation(portal.db, 'shanxi-laoqu')) ?? expect.unreachable()
  return portal
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const aLetter = async () => (await say(portal.db, consultation, [{ ...amendment, body: letter }]))[0] ?? ''
const splitOf = async (id: string) =>
  (await commentToSplit(portal.db, consultation.id, id))?.split.arrangement ?? []

test.each([{ script: true }, { script: false }])(
  'a letter is parted sentence by sentence, gathered and found on its receipt (script: $script)',
  async ({ script }) => {
    const look = script ? expectAccessible : expectNoSidewaysScroll
    const id = await aLetter()
    const page = await staffPage(portal, 'drafter', { script })
    await page.goto(`${office}/splits/${id}`)
    await look(page)
    await press(page, '标为一条具体意见')
    await page.getByText('请先勾选句子，或者用鼠标选中文字').first().waitFor()
    await look(page)
    await page.getByText('一是建议写明贴息的期限').click()
    await page.locator('#mark').getByLabel('涉及条款').selectOption('p7')
    await press(page, '标为一条具体意见')
    await page.getByText('1 条具体意见').waitFor()
    await press(page, /采用建议的/)
    await page.getByText('每一句都已归入').waitFor()
    await look(page)
    expect((await splitOf(id)).filter(({ kind }) => kind === 'point')).toHaveLength(2)
    await page.goto(`${office}/points?clause=p7`)
    await look(page)
    await page.getByRole('checkbox', { name: '选择这条具体意见' }).last().check()
    await page.getByLabel('归并为一句话').fill('建议写明贴息的期限')
    await press(page, '归并')
    await page.getByRole('heading', { name: '建议写明贴息的期限' }).waitFor()
    await look(page)
    await page.getByRole('checkbox', { name: '选择这条具体意见' }).last().check()
    await page.getByLabel('另立一条').fill('建议写明贴息的年数')
    await press(page, '另立')
    await page.getByRole('heading', { name: '建议写明贴息的年数' }).waitFor()
    await look(page)
    await press(page, '撤销上一步')
    await page.getByText('这里没有具体意见').waitFor()
    await look(page)
    await press(page, '删除这条归并意见')
    await page.getByRole('heading', { name: '归并意见', exact: true }).waitFor()
    await look(page)
  },
)

test('by keys alone: all that is proposed, back again, and on to the next', async () => {
  const id = await aLetter()
  const page = await staffPage(portal, 'drafter', { script: true })
  await page.goto(`${office}/splits/${id}`)
  await page.keyboard.press('a')
  await page.getByText('每一句都已归入').waitFor()
  await page.keyboard.press('u')
  await page.getByText('句没有归入任何一条').waitFor()
  expect(await splitOf(id)).toEqual([])
  await page.keyboard.press('o')
  await page.getByText('只有一条', { exact: true }).first().waitFor()
  await page.goto(`${office}/splits`)
  await expectAccessible(page)
})

test('words that are selected are a point to the character, past what is not in the basic plane', async () => {
  const [id = ''] = await say(portal.db, consultation, [
    { ...amendment, body: '𠮷县要修路。还要通水，并且要快。' },
  ])
  const page = await staffPage(portal, 'drafter', { script: true })
  await page.goto(`${office}/splits/${id}`)
  await page.evaluate(`{
    const text = document.querySelectorAll('[data-at]')[1].firstChild
    getSelection().setBaseAndExtent(text, 2, text, 4)
  }`)
  await page.getByText('已选中 2 个字').waitFor()
  await press(page, '标为一条具体意见')
  await page.getByText('1 条具体意见').waitFor()
  expect((await splitOf(id)).map(({ start, end }) => [start, end])).toEqual([[8, 10]])
})

test('a point is dragged with the mouse into a concern and from there into another', async () => {
  const ids = await say(
    portal.db,
    consultation,
    ['要拖的一条。', '别的一条。', '又一条。'].map((body) => ({ ...amendment, clause: 'p11', body })),
  )
  const page = await staffPage(portal, 'drafter', { script: true })
  for (const [sentence, place] of [
    ['第一句话', 1],
    ['第二句话', 2],
  ] as const) {
    await page.goto(`${office}/points?clause=p11`)
    await page.locator(`input[value="${ids[place]}"]`).check()
    await page.getByLabel('归并为一句话').fill(sentence)
    await press(page, '归并')
    await page.getByRole('heading', { name: sentence }).waitFor()
  }
  await page.goto(`${office}/points?clause=p11`)
  await dragTo(page, '要拖的一条。', '第一句话')
  await page.getByRole('heading', { name: '第一句话' }).waitFor()
  await dragTo(page, '要拖的一条。', '第二句话')
  await page.getByRole('heading', { name: '第二句话' }).waitFor()
  await page.getByText('要拖的一条。').waitFor()
  await expectAccessible(page)
  await press(page, '撤销上一步')
  await page.getByRole('heading', { name: '第二句话' }).waitFor()
  expect(await page.getByText('要拖的一条。').count()).toBe(0)
})

/** As a mouse does it: the places show once the handle is dragged. */
async function dragTo(page: Page, point: string, concern: string): Promise<void> {
  await page.locator('.listed-point', { hasText: point }).locator('.drag-handle').hover()
  await page.mouse.down()
  await page.mouse.move(300, 300, { steps: 3 })
  const place = page.locator('.drop-places li', { hasText: concern })
  // The browser says that it is over a place when it moves there.
  for (const x of [10, 20]) await place.hover({ position: { x, y: 10 } })
  await page.locator('.drop-places li.over').waitFor()
  await page.mouse.up()
}

test('the pages of points can be used at 320 px', async () => {
  const id = await aLetter()
  const page = await staffPage(portal, 'drafter', { script: true, width: 320 })
  for (const path of [`/splits/${id}`, '/splits', '/points', '/concerns', '/objections']) {
    await page.goto(office + path)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
})
