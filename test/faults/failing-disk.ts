import { setTimeout as wait } from 'node:timers/promises'
import { Gate } from './gate.ts'
import {
  begun,
  brokenBy,
  type PortalProcess,
  type Settings,
  settingsOn,
  startPortal,
} from './portal-process.ts'
import { breakDisk, type Injected, onBrokenDisk } from './strace.ts'
import { fileIn, settledTally, storedInFile, tally } from './tally.ts'
import type { Fault, Ground, Outcome } from './trial.ts'
import { startWriters, wallTime } from './writers.ts'

const writers = 32
/** In milliseconds. */
const brokenFor = 1_500
const noSync = (files: string[]): Injected => ({ calls: 'fsync,fdatasync', error: 'EIO', files })
const databaseAndLog = (settings: Settings) => [fileIn(settings), `${fileIn(settings)}-wal`]

/** System calls on the database and its log fail while many send. */
export const failingDisk: Fault = {
  name: 'failing-disk',
  trials: [
    { what: 'EIO on write', run: (ground) => failing(ground, 'pwrite64,write', 'EIO') },
    { what: 'EIO on read', run: (ground) => failing(ground, 'pread64,read', 'EIO') },
    { what: 'EROFS on write', run: (ground) => failing(ground, 'pwrite64,write,ftruncate', 'EROFS') },
    { what: 'EIO on a sync: the portal ends rather than acknowledge', run: (ground) => unsynced(ground) },
    { what: 'EIO on a sync of the database alone, when its log is taken over', run: checkpointing },
    { what: 'EIO on a sync at the start: it does not start', run: starting },
    {
      what: 'control: acknowledged before the commit, EIO on write',
      isControl: true,
      run: (ground) => failing(ground, 'pwrite64,write', 'EIO', brokenBy('late-commit')),
    },
    {
      what: 'control: no sync at all, EIO on a sync',
      isControl: true,
      run: (ground) => unsynced(ground, brokenBy('never-synced')),
    },
  ],
}

async function failing(
  ground: Ground,
  calls: string,
  error: Injected['error'],
  broken?: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const settings = settingsOn(ground)
  if (broken) await begun(ground, settings)
  const portal = await startPortal(ground, { ...settings, ...broken })
  let refusals = 0
  let served = 0
  const citizens = startWriters(ground, writers, {
    to: () => portal.address,
    told: ({ status, answered }) => {
      if (status === 503) refusals += 1
      if (status === 201) served = answered
    },
  })
  while (citizens.receipts.size < writers) await wait(1)
  const mend = await breakDisk(ground, portal, { calls, error, files: databaseAndLog(settings) })
  await wait(brokenFor)
  if (broken) {
    await citizens.leave()
    await portal.kill('SIGKILL')
    return tally(storedInFile(fileIn(settings)), citizens.receipts)
  }
  await mend()
  const mended = wallTime()
  while (served < mended) await wait(1)
  const seconds = (served - mended) / 1000
  await citizens.settle()
  await portal.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  // SQLite keeps what it has read: where nothing had to be read from the disk, nothing was refused.
  if (refusals === 0 && calls.includes('write')) outcome.wrong.push('nothing was refused')
  return { ...outcome, seconds }
}

async function unsynced(ground: Ground, broken = {}): Promise<Outcome> {
  const settings = settingsOn(ground)
  const portal = await startPortal(ground, { ...settings, ...broken })
  const gate = new Gate()
  gate.leadTo(portal.address)
  const citizens = startWriters(ground, writers, { to: () => gate.open })
  while (citizens.receipts.size < writers) await wait(1)
  const mend = await breakDisk(ground, portal, noSync(databaseAndLog(settings)))
  const ended = await endedWithin(portal, 15_000)
  const wrong = ended === 1 ? [] : [`the portal did not end with 1: ${ended ?? 'it goes on'}`]
  gate.shut()
  await mend()
  await portal.kill('SIGKILL')
  const began = performance.now()
  const again = await startPortal(ground, settings)
  const seconds = (performance.now() - began) / 1000
  gate.leadTo(again.address)
  await citizens.settle()
  await again.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  return { ...outcome, seconds, wrong: [...outcome.wrong, ...wrong] }
}

/** What is acknowledged rests on the log, which is synced at each commit, and is kept until the database is synced too. */
async function checkpointing(ground: Ground): Promise<Outcome> {
  const settings = settingsOn(ground)
  const portal = await startPortal(ground, settings)
  const gate = new Gate()
  gate.leadTo(portal.address)
  const citizens = startWriters(ground, writers, { to: () => gate.open })
  await breakDisk(ground, portal, noSync([fileIn(settings)]))
  await wait(3 * brokenFor)
  gate.shut()
  await portal.kill('SIGKILL')
  const again = await startPortal(ground, settings)
  gate.leadTo(again.address)
  await citizens.settle()
  await again.kill('SIGTERM')
  return settledTally(storedInFile(fileIn(settings)), citizens.receipts)
}

/** What a log holds after a failed sync may be on no disk: nothing rests on it before it has been synced anew. */
async function starting(ground: Ground): Promise<Outcome> {
  const settings = settingsOn(ground)
  const portal = await startPortal(ground, settings)
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  while (citizens.receipts.size < writers) await wait(1)
  await citizens.settle()
  await portal.kill('SIGKILL')
  const under = onBrokenDisk(noSync(databaseAndLog(settings)))
  const refused = await startPortal(ground, settings, { under }).then(
    async (started) => {
      await started.kill('SIGKILL')
      return 'it started'
    },
    ({ message }: Error) => message,
  )
  const again = await startPortal(ground, settings)
  await again.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (!refused.includes('磁盘读写出错')) outcome.wrong.push(`on a disk that syncs nothing: ${refused}`)
  return outcome
}

const endedWithin = (portal: PortalProcess, patience: number): Promise<number | string | null> =>
  Promise.race([portal.ended, wait(patience, null, { ref: false })])
