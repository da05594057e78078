import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Role } from '../../server/rules/staff/roles.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { findChromium } from './chromium.ts'

export interface BrowsedPortal extends TestPortal {
  /** Where the portal listens, without a trailing slash. */
  url: string
  browser: Browser
  /** A page of a browser that has never been here. */
  newPage(options?: PageOptions): Promise<Page>
}

interface PageOptions {
  /** false switches scripts off. */
  script?: boolean
  width?: number
  height?: number
}

/** A Chromium without a window. @param more arguments of its command line */
export async function launch(more: string[] = []): Promise<Browser> {
  const { executablePath, env } = await findChromium()
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })
}

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
/** Sent once to each page that is opened, and run where axe looks: sending axe to each document took as long as its look. */
const bringAxe = `globalThis.bringAxe = () => {${axe}}`

/** A portal that listens and whose styles and scripts a browser keeps, as in production, and a browser to look at it with. */
export async function browsePortal(options: Parameters<typeof buildTestApp>[0] = {}): Promise<BrowsedPortal> {
  const portal = await buildTestApp({ ...options, config: { production: true, ...options.config } })
  const url = await portal.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launch()
  return {
    ...portal,
    url,
    browser,
    newPage: async ({ script = true, width = 1280, height = 900 } = {}) => {
      const context = await browser.newContext({
        baseURL: url,
        javaScriptEnabled: script,
        viewport: { width, height },
        locale: 'zh-CN',
      })
      context.setDefaultTimeout(10_000)
      if (script) await context.addInitScript(bringAxe)
      return context.newPage()
    },
    close: async () => {
      await browser.close()
      await portal.close()
    },
  }
}

/** A page of a new member of staff who has this role and has signed in. */
export async function staffPage(portal: BrowsedPortal, role: Role, options?: PageOptions): Promise<Page> {
  return pageOf(portal, await signIn(portal, role), options)
}

/** A page of somebody who has signed in. */
export async function pageOf(
  portal: BrowsedPortal,
  { cookie }: SignedIn,
  options?: PageOptions,
): Promise<Page> {
  const page = await portal.newPage(options)
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await page.context().addCookies([{ name, value, url: portal.url }])
  return page
}

/** Fails with what axe finds wrong with the page as it stands, and where. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(page.frames().length, 'axe looks into no frames').toBe(1)
  const violations = await page.evaluate<AxeResults['violations']>(
    `bringAxe(), axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  )
  expect(found, page.url()).toEqual([])
}

/** Fails where the page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const excess = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  expect(excess, page.url()).toBeLessThanOrEqual(0)
}
