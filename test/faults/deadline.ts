import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { startPostgres } from '../postgres-server.ts'
import { closeAt } from './consultation.ts'
import { brokenBy, settingsOn, startPortal } from './portal-process.ts'
import { settledTally, storedOnServer } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Attempt, type Receipts, startWriters } from './writers.ts'

const writers = 16
const attempts = { full: 2000, quick: 100 }
/** In milliseconds, before the deadline and after it. */
const around = 1_000

/** Many send around the deadline, to two nodes: the portal's own clock decides, to the millisecond. */
export const deadline: Fault = {
  name: 'deadline',
  trials: [
    {
      what: '2,000 posts to two nodes, a second around the deadline: none late taken, none early refused',
      run: (ground, extent) => sendingAround(ground, extent),
    },
    {
      what: 'control: nodes whose clock is a tenth of a second late',
      isControl: true,
      run: (ground) => sendingAround(ground, 'quick', brokenBy('late-clock')),
    },
  ],
}

async function sendingAround(ground: Ground, extent: Extent, broken = {}): Promise<Outcome> {
  const server = await startPostgres()
  ground.later(() => server.stop())
  const url = `${server.address}/postgres`
  const settings = settingsOn(ground, { DATABASE_URL: url, ...broken })
  const nodes = [await startPortal(ground, settings), await startPortal(ground, settings)]
  const receipts: Receipts = new Map()
  const wrong: string[] = []
  for (let sent = 0; sent < attempts[extent]; ) {
    const closesAt = Date.now() + 1.5 * around
    await closeAt(url, new Date(closesAt))
    await wait(closesAt - around - Date.now())
    const seen: Attempt[] = []
    const citizens = startWriters(ground, writers, {
      to: (writer) => nodes[writer % nodes.length]?.address ?? '',
      told: (attempt) => seen.push(attempt),
    })
    await wait(closesAt + around - Date.now())
    await citizens.settle()
    wrong.push(...misjudged(seen, closesAt))
    wrong.push(...(await storedLate(url, closesAt)))
    for (const [key, receipt] of citizens.receipts) receipts.set(key, receipt)
    sent += seen.length
  }
  const outcome = settledTally(await storedOnServer(url), receipts)
  return { ...outcome, wrong: [...outcome.wrong, ...wrong] }
}

/** `closesAt` is the last millisecond in which something is taken. */
export function misjudged(attempts: Attempt[], closesAt: number): string[] {
  const late = attempts.filter(({ status, asked }) => status === 201 && asked > closesAt)
  const early = attempts.filter(({ status, answered }) => status === 403 && answered <= closesAt)
  const broken = attempts.filter(({ status }) => ![201, 403].includes(status))
  const strange = [...new Set(broken.map(({ status }) => status))]
  return [
    ...(late.length > 0 ? [`${late.length} were sent after the deadline and taken`] : []),
    ...(early.length > 0 ? [`${early.length} were refused before the deadline`] : []),
    ...(strange.length > 0 ? [`${broken.length} were answered with ${strange.join(', ')}`] : []),
  ]
}

/** Nothing says of itself that it came after the deadline. */
async function storedLate(connectionString: string, closesAt: number): Promise<string[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query('SELECT 1 FROM submissions WHERE created_at > $1', [new Date(closesAt)])
  await client.end()
  return rows.length > 0 ? [`${rows.length} are stored as of after the deadline`] : []
}
