import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '../postgres-server.ts'
import { command, settingsOn, startPortal } from './portal-process.ts'
import { fileIn, storedInFile, tally, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Receipts, startWriters, wallTime } from './writers.ts'

const writers = 64
const times = { full: 3, quick: 1 }

/** A backup is made while many send, and restored elsewhere: what was acknowledged before it began is in it. */
export const backup: Fault = {
  name: 'backup',
  trials: [
    {
      what: 'backups while 64 send, each restored elsewhere',
      run: (ground, extent) => backingUp(ground, extent),
    },
    {
      what: 'the same of a PostgreSQL, each restored into a file',
      run: async (ground, extent) => backingUp(ground, extent, await onServer(ground)),
    },
    { what: 'control: the file copied without its log', isControl: true, run: (ground) => copying(ground) },
  ],
}

async function backingUp(ground: Ground, extent: Extent, place = {}): Promise<Outcome> {
  const { settings, receipts } = await serving(ground, place)
  const all: Outcome = { acknowledged: 0, stored: 0, lost: 0, doubled: 0, wrong: [] }
  for (let time = 0; time < times[extent]; time++) {
    const before = receiptsBefore(receipts, wallTime())
    const folder = join(ground.folder, `backup-${time}`)
    const elsewhere = settingsOn(ground, { DATA_DIR: join(ground.folder, `restored-${time}`) })
    for (const [words, place] of [
      [['backup', folder], settings],
      [['restore', folder], elsewhere],
    ] as const) {
      const { code, said } = await command(ground, place, [...words])
      if (code !== 0) throw new Error(`portal ${words.join(' ')}: ${said}`)
    }
    const one = tally(storedInFile(fileIn(elsewhere)), before)
    all.acknowledged = one.acknowledged
    all.stored = one.stored
    all.lost += one.lost
    all.doubled += one.doubled
    all.wrong.push(...one.wrong, ...(await verified(ground, elsewhere)))
  }
  return all
}

/** A server of its own for the portal. */
async function onServer(ground: Ground): Promise<NodeJS.ProcessEnv> {
  const server = await startPostgres()
  ground.later(() => server.stop())
  return { DATABASE_URL: `${server.address}/postgres` }
}

async function copying(ground: Ground): Promise<Outcome> {
  const { settings, receipts } = await serving(ground)
  await wait(2_000)
  const before = receiptsBefore(receipts, wallTime())
  const elsewhere = { ...settings, DATA_DIR: join(ground.folder, 'copied') }
  mkdirSync(elsewhere.DATA_DIR)
  copyFileSync(fileIn(settings), fileIn(elsewhere))
  return tally(storedInFile(fileIn(elsewhere)), before)
}

async function serving(ground: Ground, place = {}) {
  const settings = settingsOn(ground, place)
  const portal = await startPortal(ground, settings)
  const { receipts } = startWriters(ground, writers, { to: () => portal.address })
  while (receipts.size < 2 * writers) await wait(5)
  return { settings, receipts }
}

const receiptsBefore = (receipts: Receipts, moment: number): Receipts =>
  new Map([...receipts].filter(([, { at }]) => at <= moment))
