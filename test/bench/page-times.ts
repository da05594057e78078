import { eq, sql } from 'drizzle-orm'
import { consultations } from '../../db/schema/index.ts'
import type { TestPortal } from '../build.ts'
import type { StaffBrowser } from '../staff.ts'

/** A portal with many comments or few, and the addresses of its pages by what they are. */
export interface Scaled {
  portal: TestPortal
  browsers: { role: string; browser: StaffBrowser }[]
  pages: Map<string, { address: string; role: string | null }>
  close(): Promise<void>
}

const times = 7
/** Milliseconds; what takes longer is not asked as often. */
const tooLong = 1000

/** A line for each page: its medians in both, the one divided by the other; first what grows most, last what failed. */
export async function compared(small: Scaled, large: Scaled): Promise<string[]> {
  const rows: { growth: number; line: string }[] = []
  const failed: string[] = []
  for (const page of small.pages.keys()) {
    try {
      const [few, many] = await medians(small, large, page)
      const figures = [few, many, many / few].map((figure) => figure.toFixed(1).padStart(9))
      rows.push({ growth: many / few, line: `${figures.join('')}  ${page}` })
    } catch (error) {
      // One page that does not answer must not cost the table of all others.
      failed.push(`${page} failed: ${String(error)}`)
    }
  }
  rows.sort((a, b) => b.growth - a.growth)
  return [...rows.map(({ line }) => line), ...failed]
}

async function medians(small: Scaled, large: Scaled, page: string): Promise<[few: number, many: number]> {
  if (!large.pages.has(page)) throw new Error('it is only in the small one')
  const [ofFew, ofMany]: [number[], number[]] = [[], []]
  for (let time = -1; time < times; time++) {
    const [first, second] = [await timed(small, page), await timed(large, page)]
    // The first time warms up.
    if (time < 0 && second < tooLong) continue
    ofFew.push(first)
    ofMany.push(second)
    if (second > tooLong && ofMany.length > 1) break
  }
  return [median(ofFew), median(ofMany)]
}

function median(measured: number[]): number {
  return measured.toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
}

/** How long one answer takes. A page of the site is made anew: something has been published since. */
async function timed({ portal, browsers, pages }: Scaled, page: string): Promise<number> {
  const { address, role } = pages.get(page) ?? { address: '', role: null }
  const browser = browsers.find((one) => one.role === role)?.browser
  if (!browser) await publishSomething(portal)
  const began = performance.now()
  const { statusCode } = await (browser ? browser.get(address) : portal.app.inject(address))
  const took = performance.now() - began
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`)
  return took
}

async function publishSomething({ db, clock }: TestPortal): Promise<void> {
  clock.now = new Date(clock.now.getTime() + 11_000)
  const { id, revision } = consultations
  await db.atomically((tx) => [
    tx
      .update(consultations)
      .set({ revision: sql`${revision} + 1` })
      .where(eq(id, id)),
  ])
}
