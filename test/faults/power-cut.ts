import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { begun, brokenBy, settingsOn, startPortal } from './portal-process.ts'
import { type Recorded, recorded, recording } from './recorded-writes.ts'
import { assertStrace } from './strace.ts'
import { allStored, fileIn, type Stored, tally } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Left, UnreliableDisk } from './unreliable-disk.ts'
import { type Receipts, startWriters } from './writers.ts'

const writers = 16
/** How many moments the power goes at, and after how many receipts the recording ends. */
const extents = { full: { cuts: 1200, receipts: 1500 }, quick: { cuts: 40, receipts: 50 } }

/**
 * The power goes. What the portal writes to its database and syncs is recorded; then, for many moments of it, what is on the
 * disk if nothing, or only some, of what was not synced got there is opened as the next start opens it.
 */
export const powerCut: Fault = {
  name: 'power-cut',
  trials: [
    { what: 'a power cut at 1,200 moments', run: (ground, extent) => cutting(ground, extent) },
    {
      what: 'control: synchronous=NORMAL',
      isControl: true,
      run: (ground) => cutting(ground, 'quick', brokenBy('synchronous-normal')),
    },
  ],
}

async function cutting(ground: Ground, extent: Extent, broken?: NodeJS.ProcessEnv): Promise<Outcome> {
  assertStrace()
  const settings = settingsOn(ground)
  await begun(ground, settings)
  const file = fileIn(settings)
  const files = [file, `${file}-wal`]
  const disk = new UnreliableDisk({ [file]: readFileSync(file) })
  const log = join(ground.folder, 'writes')
  const under = recording(log, files)
  const portal = await startPortal(ground, { ...settings, ...broken }, { under })
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  while (citizens.receipts.size < extents[extent].receipts) await wait(10)
  await citizens.leave()
  await portal.kill('SIGKILL')

  const done: Recorded[] = []
  for await (const one of recorded(log)) done.push(one)
  const cuts = new Set(Array.from({ length: extents[extent].cuts }, () => chance(done.length)))
  while (cuts.size < Math.min(extents[extent].cuts, done.length)) cuts.add(chance(done.length))
  const outcome: Outcome = { acknowledged: 0, stored: 0, lost: 0, doubled: 0, wrong: [] }
  for (const [place, one] of done.entries()) {
    disk.take(one)
    if (!cuts.has(place)) continue
    const before = new Map([...citizens.receipts].filter(([, { at }]) => at < one.at))
    add(outcome, afterCut(ground, disk, before, place % 2 === 0 ? 'nothing' : 'some'))
  }
  return outcome
}

const chance = (below: number) => Math.floor(Math.random() * below)

/** What is there of what was acknowledged before, once SQLite has opened what is left. */
function afterCut({ folder }: Ground, disk: UnreliableDisk, receipts: Receipts, left: Left): Outcome {
  const file = join(folder, 'left.db')
  const held = disk.afterCut(left)
  writeFileSync(`${file}-wal`, '')
  for (const [name, content] of held) writeFileSync(file + (name.endsWith('-wal') ? '-wal' : ''), content)
  const db = new Sqlite(file)
  try {
    const verdict = db.pragma('integrity_check', { simple: true })
    const outcome = tally(db.prepare<[], Stored>(allStored).all(), receipts)
    if (verdict !== 'ok') outcome.wrong.push(`the database is damaged: ${verdict}`)
    return outcome
  } finally {
    db.close()
  }
}

/** What was acknowledged and found at the last of the moments, and what was missing at all of them. */
function add(all: Outcome, one: Outcome): void {
  all.acknowledged = Math.max(all.acknowledged, one.acknowledged)
  all.stored = Math.max(all.stored, one.stored)
  all.lost += one.lost
  all.doubled += one.doubled
  all.wrong.push(...one.wrong)
}
