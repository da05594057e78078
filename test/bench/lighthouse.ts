import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import lighthouse, { type RunnerResult, snapshot } from 'lighthouse'
import { connect } from 'puppeteer-core'
import { seedSlug } from '../../server/seed.ts'
import { launch } from '../browser/browser.ts'
import { start } from './processes.ts'

const categories = ['performance', 'accessibility', 'best-practices']
/** Below this a page is not as good as the best public services. */
const least = 0.98

/**
 * Prints what Lighthouse makes, on its mobile settings, of the home page, the draft, a clause and its form, and by a snapshot of a
 * receipt; the exit code is 1 where something scores below 98.
 */
export async function audit(env: NodeJS.ProcessEnv): Promise<void> {
  const portal = await start('server/main.ts', env)
  const port = await freePort()
  const browser = await launch([`--remote-debugging-port=${port}`])
  const draft = `${portal.address}/consultations/${seedSlug}`
  try {
    for (const [name, url] of [
      ['home', `${portal.address}/`],
      ['draft', draft],
      ['clause', `${draft}/clauses/p3`],
      ['form', `${draft}/clauses/p3/comments/new`],
    ] as const) {
      report(name, await lighthouse(url, { port, onlyCategories: categories, logLevel: 'error' }))
    }
    report('receipt', await receiptSnapshot(port, draft))
  } finally {
    await browser.close()
    await portal.stop()
  }
}

/** Sends a comment as a citizen does, and looks at the page that answers. */
async function receiptSnapshot(port: number, draft: string): Promise<RunnerResult | undefined> {
  const browser = await connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null })
  const page = await browser.newPage()
  await page.goto(`${draft}/clauses/p3/comments/new`)
  await page.click('input[name$="[stance]"][value="amend"]')
  await page.type('textarea[name$="[body]"]', '建议写明补贴的对象和标准。')
  await Promise.all([page.waitForSelector('#receipt-code'), page.click('.send .primary')])
  // A snapshot has no speed.
  const onlyCategories = categories.filter((category) => category !== 'performance')
  const result = await snapshot(page, { flags: { onlyCategories, logLevel: 'error' } })
  await browser.disconnect()
  return result
}

function report(name: string, result: RunnerResult | undefined): void {
  if (!result) throw new Error(`Lighthouse says nothing of ${name}`)
  const { lhr } = result
  const scores = Object.values(lhr.categories).map(({ id, score }) => ({ id, score: score ?? 0 }))
  const told = scores.map(({ id, score }) => `${id} ${Math.round(score * 100)}`.padEnd(20))
  process.stdout.write(`${name.padEnd(10)}${told.join('')}\n`)
  for (const { id, score } of scores) {
    if (score >= least) continue
    process.exitCode = 1
    const audits = lhr.categories[id]?.auditRefs ?? []
    const failed = audits.filter(({ id: audit, weight }) => weight > 0 && (lhr.audits[audit]?.score ?? 1) < 1)
    for (const { id: audit } of failed) {
      process.stdout.write(`  ${audit}: ${JSON.stringify(lhr.audits[audit]?.details).slice(0, 2000)}\n`)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
