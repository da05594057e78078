import { setTimeout as wait } from 'node:timers/promises'
import { Gate } from './gate.ts'
import { begun, brokenBy, settingsOn, startPortal } from './portal-process.ts'
import { fileIn, settledTally, storedInFile, tally, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { startWriters } from './writers.ts'

const kills = { full: 200, quick: 1 }
const writers = { full: 128, quick: 32 }

/** The portal is ended by force again and again while many send, and goes on with the same database. */
export const killed: Fault = {
  name: 'killed',
  trials: [
    { what: 'kill -9 while 128 send', run: (ground, extent) => killing(ground, kills[extent], extent) },
    {
      what: 'control: acknowledged before the commit',
      isControl: true,
      run: (ground, extent) => killing(ground, extent === 'full' ? 3 : 1, extent, brokenBy('late-commit')),
    },
  ],
}

async function killing(
  ground: Ground,
  times: number,
  extent: Extent,
  broken?: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const settings = settingsOn(ground)
  if (broken || extent === 'full') await begun(ground, settings)
  const gate = new Gate()
  const citizens = startWriters(ground, writers[extent], { to: () => gate.open })
  let slowest = 0
  for (let time = 0; time < times; time++) {
    const began = performance.now()
    const portal = await startPortal(ground, { ...settings, ...broken })
    slowest = Math.max(slowest, performance.now() - began)
    const before = citizens.receipts.size
    gate.leadTo(portal.address)
    // The first receipts take longer than that after a start: it is counted from then, else nothing would be under way.
    while (citizens.receipts.size === before) await wait(1)
    await wait(50 + Math.random() * 450)
    gate.shut()
    await portal.kill('SIGKILL')
  }
  if (broken) {
    await citizens.leave()
    return { ...tally(storedInFile(fileIn(settings)), citizens.receipts), seconds: slowest / 1000 }
  }
  const last = await startPortal(ground, settings)
  gate.leadTo(last.address)
  await citizens.settle()
  await last.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds: slowest / 1000 }
}
