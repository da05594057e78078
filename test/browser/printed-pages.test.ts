import { expect, test } from 'vitest'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { everyKind, say } from '../office/filled-consultation.ts'
import { sharedPortal } from '../shared-portal.ts'
import { type BrowsedPortal, browsePortal, staffPage } from './browser.ts'

let portal: BrowsedPortal
const office = '/office/shanxi-laoqu'

sharedPortal(async () => {
  portal = await browsePortal()
  const consultation = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!consultation) throw new Error('the seed is not there')
  await say(portal.db, consultation, everyKind(['draft', 'p1', 'p7', 'p23']))
  return portal
})

/** How many tables are wider than their sheet, and how many heads are not repeated on the next. */
const cutTables = `[...document.querySelectorAll('.table-scroll')]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length`
const lostHeads = `[...document.querySelectorAll('thead')]
  .filter((head) => getComputedStyle(head).display !== 'table-header-group').length`

test('a page of the office prints without its ways elsewhere, with whole tables and their heads on each sheet', async () => {
  const page = await staffPage(portal, 'drafter')
  await page.emulateMedia({ media: 'print' })
  for (const path of ['', '/figures', '/comments', '/materials', '/findings', '/procedure', '/outcome']) {
    // As wide as the text of A4 turned.
    await page.setViewportSize({ width: 1009, height: 700 })
    await page.goto(`${portal.url}${office}${path}`)
    const seen = '.staff-bar, .tabs, main form[class], main button, main input, main select, main a.button'
    const shown = await page.locator(seen).filter({ visible: true }).count()
    expect([path, shown]).toEqual([path, 0])
    expect([path, await page.evaluate(cutTables)]).toEqual([path, 0])
    expect([path, await page.evaluate(lostHeads)]).toEqual([path, 0])
    if (path === '/comments') expect(await page.getByText('published的意见').first().isVisible()).toBe(true)
  }
})

test('the kinds of comments differ in grey', async () => {
  const page = await staffPage(portal, 'drafter')
  await page.emulateMedia({ media: 'print' })
  await page.goto(`${portal.url}${office}`)
  const fills: string[] = await page.evaluate(`['support', 'amend', 'oppose', 'question'].map(
    (stance) => getComputedStyle(document.querySelector('.bar-' + stance)).fill)`)
  const greys = fills.map((fill) => (fill.match(/\d+/g) ?? []).map(Number))
  for (const [red, green, blue] of greys) expect([green, blue]).toEqual([red, red])
  const levels = greys.map(([red = 0]) => red).sort((a, b) => a - b)
  for (const [i, level] of levels.slice(1).entries()) expect(level - (levels[i] ?? 0)).toBeGreaterThan(50)
})
