import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres } from '../postgres-server.ts'
import { settingsOn, startPortal } from './portal-process.ts'
import { settledTally, storedOnServer, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { startWriters, wallTime } from './writers.ts'

const writers = 32
/** In milliseconds: longer than a lease lasts. */
const frozenFor = { full: 10_500, quick: 2_000 }
/** In seconds. */
const atMost = 20
/** In milliseconds: how long citizens wait for an answer before they ask the other node. */
const patience = 1_000

/** One of two nodes stands still, as a machine that is moved does, and goes on where it was. */
export const frozen: Fault = {
  name: 'frozen',
  trials: [
    { what: 'one of two nodes frozen for ten seconds while many send', run: freezing },
    {
      what: 'control: citizens who ask again under another key',
      isControl: true,
      run: (ground) => freezing(ground, 'quick', true),
    },
  ],
}

async function freezing(ground: Ground, extent: Extent, forgetsKey = false): Promise<Outcome> {
  const server = await startPostgres()
  ground.later(() => server.stop())
  const url = `${server.address}/postgres`
  const settings = settingsOn(ground, { DATABASE_URL: url })
  const nodes = [await startPortal(ground, settings), await startPortal(ground, settings)]
  const [still] = nodes
  let asked = 0
  let served = 0
  const citizens = startWriters(ground, writers, {
    to: () => nodes[asked++ % nodes.length]?.address ?? '',
    patience,
    forgetsKey,
    told: ({ status, answered }) => {
      if (status === 201) served = answered
    },
  })
  while (citizens.receipts.size < 2 * writers) await wait(5)
  const froze = wallTime()
  still?.child.kill('SIGSTOP')
  while (served <= froze + 1) await wait(5)
  const seconds = (served - froze) / 1000
  await wait(frozenFor[extent])
  still?.child.kill('SIGCONT')
  await wait(patience)
  await citizens.settle()
  // What the frozen node had taken in before is stored now, or found there already.
  await wait(patience)
  const outcome = settledTally(await storedOnServer(url), citizens.receipts)
  if (seconds >= atMost) outcome.wrong.push(`the other node stored nothing for ${seconds.toFixed(1)} s`)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds }
}
