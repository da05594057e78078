import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Everything, everything, opened, publicAddresses, states } from '../public/everything.ts'
import { type BrowsedPortal, browsePortal, expectAccessible, expectNoSidewaysScroll } from './browser.ts'

let portal: BrowsedPortal
let all: Everything
let pages: string[]
let page: Page

beforeAll(async () => {
  portal = await browsePortal({ now: opened })
  all = await everything(portal)
  page = await portal.newPage({ width: 320 })
  for (const url of await publicAddresses(all)) {
    const { headers } = await portal.app.inject(url)
    if (String(headers['content-type']).startsWith('text/html')) pages = [...(pages ?? []), url]
  }
})
afterAll(() => portal.close())

/** One way of reading for each state, so that between them every page is seen in every way. */
const ways: Record<string, string[]> = {
  open: [''],
  'not yet open': ['?lang=en'],
  suspended: ['?text=large'],
  closed: ['?contrast=high'],
  concluded: ['?lang=en&text=large'],
}

// The states follow one another, in whatever order the tests are run.
describe('a consultation', { shuffle: false }, () => {
  test.each(states)('every page is accessible and fits 320 px while it is %s', async (state, enter) => {
    await enter(all)
    for (const query of ways[state] ?? []) {
      for (const url of pages) {
        await page.goto(url + query)
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
      }
    }
  })
})
