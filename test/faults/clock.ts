import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { closeAt } from './consultation.ts'
import { misjudged } from './deadline.ts'
import { type FakedClock, fakedClock, startUnderClock } from './faked-clock.ts'
import { brokenBy, type Settings, settingsOn } from './portal-process.ts'
import { fileIn, settledTally, storedInFile, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Attempt, startWriters } from './writers.ts'

const writers = 8
const oneDay = 24 * 60 * 60
/** In milliseconds, of what is in Shanghai. */
const shanghai = 8 * 60 * 60 * 1000
/** In milliseconds: how long it goes on after each turn of the clock. */
const each = 1_500
/** In milliseconds: how long background work may take to catch up. */
const patience = 60_000

const zones = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati']

/** The clock is wrong, passes midnight, or shows the time of another place. */
export const clock: Fault = {
  name: 'clock',
  trials: [
    { what: 'the clock three days on and back while many send, and a restart', run: turning },
    ...zones.map((zone) => ({
      what: `the deadline at midnight, and the day after it, in ${zone}`,
      run: (ground: Ground, extent: Extent) => passingMidnight(ground, extent, { TZ: zone }),
    })),
    {
      what: 'control: days of the place where the portal stands, in Los Angeles',
      isControl: true,
      run: (ground, extent) =>
        passingMidnight(ground, extent, { TZ: 'America/Los_Angeles', ...brokenBy('local-days') }),
    },
  ],
}

async function turning(ground: Ground, extent: Extent): Promise<Outcome> {
  const clock = fakedClock(ground)
  const settings = settingsOn(ground, clock.settings)
  const portal = await startUnderClock(ground, settings)
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  for (const seconds of [0, 3 * oneDay, 0, -3 * oneDay, 0, 3 * oneDay]) {
    clock.turn(seconds)
    await wait(each)
  }
  await citizens.settle()
  await portal.kill('SIGKILL')
  clock.turn(0)
  const began = performance.now()
  const again = await startUnderClock(ground, settings)
  const wrong = (await isFollowed(settings)) ? [] : ['background work rests until the clock is where it was']
  const seconds = (performance.now() - began) / 1000
  await again.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (extent === 'full') wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds, wrong: [...outcome.wrong, ...wrong] }
}

/** Whether every comment is searched for personal data before long. */
async function isFollowed(settings: Settings): Promise<boolean> {
  const db = new Sqlite(fileIn(settings), { readonly: true })
  const waiting = db
    .prepare('SELECT count(*) FROM comments WHERE id NOT IN (SELECT comment_id FROM examinations)')
    .pluck()
  try {
    for (const began = performance.now(); performance.now() - began < patience; await wait(100)) {
      if (waiting.get() === 0) return true
    }
    return false
  } finally {
    db.close()
  }
}

async function passingMidnight(ground: Ground, extent: Extent, place: NodeJS.ProcessEnv): Promise<Outcome> {
  const clock = fakedClock(ground)
  const settings = settingsOn(ground, { ...clock.settings, ...place })
  const portal = await startUnderClock(ground, settings)
  const { midnight, ahead } = turnedToMidnight(clock)
  const deadline = midnight - 1
  await closeAt(`file:${fileIn(settings)}`, new Date(deadline))
  const seen: Attempt[] = []
  const to = () => portal.address
  const citizens = startWriters(ground, writers, { to, told: (attempt) => seen.push(attempt) })
  await wait(midnight + each - ahead - Date.now())
  await citizens.settle()
  await closeAt(`file:${fileIn(settings)}`, new Date(midnight + oneDay * 1000))
  const next = startWriters(ground, writers, { to })
  while (next.receipts.size < writers) await wait(5)
  await next.settle()
  await portal.kill('SIGTERM')
  const outcome = settledTally(
    storedInFile(fileIn(settings)),
    new Map([...citizens.receipts, ...next.receipts]),
  )
  outcome.wrong.push(...misjudged(seen, deadline - ahead), ...wrongDays(settings))
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return outcome
}

/** Turns the clock to shortly before midnight in Shanghai. @returns both in milliseconds */
function turnedToMidnight(clock: FakedClock) {
  const day = oneDay * 1000
  const midnight = Math.ceil((Date.now() + shanghai) / day) * day - shanghai + day
  const seconds = Math.floor((midnight - 2 * each - Date.now()) / 1000)
  clock.turn(seconds)
  return { midnight, ahead: seconds * 1000 }
}

/** Days by which comments stand, and receipts are numbered, are days in Shanghai. */
function wrongDays(settings: Settings): string[] {
  const db = new Sqlite(fileIn(settings), { readonly: true })
  const rows = db
    .prepare<[], { at: number; day: string; number: string }>(
      'SELECT c.created_at AS at, created_day AS day, receipt_number AS number FROM comments c JOIN submissions s ON s.id = submission_id',
    )
    .all()
  db.close()
  const wrong = rows.filter(({ at, day, number }) => {
    const right = new Date(at + shanghai).toISOString().slice(0, 10)
    return day !== right || !number.startsWith(`${right.replaceAll('-', '')}-`)
  })
  const days = new Set(rows.map(({ day }) => day)).size
  return [
    ...(wrong.length > 0 ? [`${wrong.length} stand under the wrong day`] : []),
    ...(days < 2 ? ['nothing came in on one of the two days'] : []),
  ]
}
