import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openDatabase } from '../../db/open.ts'
import { graceKey } from '../../db/queries/settings.ts'
import { settings } from '../../db/schema/index.ts'
import { createSeals } from '../../db/sealing/sealed.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { entrancesOf } from '../../server/demonstration/entrances.ts'
import { demonstrate } from '../../server/demonstration/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { launch } from '../browser/browser.ts'
import { strict } from '../jobs/doing.ts'

const begins = new Date('2026-11-23T02:00:00Z')
/** A wide window is shown a little smaller than it is, a phone larger: as wide as a page of text, and sharp. */
const windows = {
  wide: { viewport: { width: 1280, height: 1040 }, deviceScaleFactor: 0.9375 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 },
}

/** What `npm run demo` shows, at a time of its own, and a browser to look at it with. */
export interface ShownDemonstration {
  /** Lets this many days pass. */
  pass(days: number): void
  /** Does the background work that waits. */
  work(): Promise<void>
  /** A page of somebody new: of a citizen, or of whoever of the staff is named, where their work begins. */
  visit(window: keyof typeof windows, name?: string): Promise<Page>
  close(): Promise<void>
}

/** Starts it in a folder of its own, which goes when it is closed. */
export async function showDemonstration(): Promise<ShownDemonstration> {
  const browser = await launch()
  const folder = mkdtempSync(join(tmpdir(), 'portal-pictures-'))
  const config = readConfig({
    DATA_DIR: folder,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'silent',
    RATE_LIMITS: 'off',
  })
  let now = begins
  const db = await openDatabase({ url: config.databaseUrl })
  const seals = createSeals(config.secretKey)
  const deps = { config, db, seals, texts: new TextThread(), now: () => now }
  await demonstrate(deps)
  // The clock of the pictures stands still: what is decided takes effect at once.
  await deps.db.query.insert(settings).values({ key: graceKey, value: { seconds: 0 } })
  const entrances = await entrancesOf(deps)
  const app = await buildApp(deps, { entrances })
  const baseURL = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    pass: (days) => {
      now = new Date(now.getTime() + days * 24 * 60 * 60 * 1000)
    },
    work: async () => {
      while (await followOnce(deps, strict));
    },
    visit: async (window, name) => {
      const context = await browser.newContext({ baseURL, locale: 'zh-CN', ...windows[window] })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      const entrance = entrances.find((one) => one.name === name)
      await page.goto(entrance ? `/staff/demonstration/${entrance.key}` : '/')
      return page
    },
    close: async () => {
      await browser.close()
      await app.close()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
