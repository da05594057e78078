import { setTimeout as wait } from 'node:timers/promises'
import { begun, brokenBy, settingsOn, startPortal } from './portal-process.ts'
import { fileIn, settledTally, storedInFile, tally, verified } from './tally.ts'
import { mountTmpfs } from './tmpfs.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { startWriters, wallTime } from './writers.ts'

const writers = 64
/** In milliseconds: how long they go on asking while nothing can be stored. */
const fullFor = 2_500

export const fullDisk: Fault = {
  name: 'full-disk',
  trials: [
    { what: 'a disk that fills up while many send, and gets room again', run: filling },
    { what: 'a disk that is read-only at the start', run: readOnly },
    {
      what: 'control: acknowledged before the commit, on a disk that fills up',
      isControl: true,
      run: (ground, extent) => filling(ground, extent, brokenBy('late-commit')),
    },
  ],
}

async function filling(ground: Ground, extent: Extent, broken?: NodeJS.ProcessEnv): Promise<Outcome> {
  const disk = mountTmpfs(ground, '32m')
  const settings = settingsOn(ground, { DATA_DIR: disk.folder })
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
  const makeRoom = disk.fillUp()
  await wait(fullFor)
  if (broken) {
    await citizens.leave()
    await portal.kill('SIGKILL')
    makeRoom()
    return tally(storedInFile(fileIn(settings)), citizens.receipts)
  }
  while (refusals < writers) await wait(5)
  makeRoom()
  const mended = wallTime()
  while (served < mended) await wait(1)
  const seconds = (served - mended) / 1000
  await citizens.settle()
  await portal.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds }
}

/** Nothing starts on a disk that takes nothing, and says so; what was on it is there when it takes something again. */
async function readOnly(ground: Ground): Promise<Outcome> {
  const disk = mountTmpfs(ground, '64m')
  const settings = settingsOn(ground, { DATA_DIR: disk.folder })
  const portal = await startPortal(ground, settings)
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  while (citizens.receipts.size < writers) await wait(5)
  await citizens.settle()
  await portal.kill('SIGKILL')
  disk.remount('ro')
  const wrong: string[] = []
  const refused = await startPortal(ground, settings).then(
    () => 'it started',
    ({ message }: Error) => message,
  )
  if (!/没有权限读写|不能写入/.test(refused)) wrong.push(`on a read-only disk: ${refused}`)
  disk.remount('rw')
  const began = performance.now()
  const again = await startPortal(ground, settings)
  const seconds = (performance.now() - began) / 1000
  await again.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  return { ...outcome, seconds, wrong: [...outcome.wrong, ...wrong] }
}
