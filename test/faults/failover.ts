import { setTimeout as wait } from 'node:timers/promises'
import { Gate } from './gate.ts'
import { type PortalProcess, settingsOn, startPortal } from './portal-process.ts'
import { PostgresPair, type Replication } from './postgres-pair.ts'
import { settledTally, storedOnServer, tally, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { startWriters, wallTime } from './writers.ts'

const writers = 64
/** In seconds. */
const atMost = 10
/** In milliseconds: how long the standby hears nothing before the primary goes, so that there is something to lose. */
const unheard = 300

interface Case {
  replication: Replication
  times: number
  unheard: number
}

/** The primary goes away under load and its standby takes its place; two nodes find it by the same address. */
export const failover: Fault = {
  name: 'failover',
  trials: [
    {
      what: 'the primary goes, a synchronous standby takes over, 20 times',
      run: (ground, extent) =>
        failing(ground, { replication: 'synchronous', times: extent === 'full' ? 20 : 1, unheard }, extent),
    },
    {
      what: 'the same after the standby was unheard of for longer than STATEMENT_TIMEOUT',
      run: (ground, extent) =>
        failing(ground, { replication: 'synchronous', times: 1, unheard: 3_000 }, extent),
    },
    {
      what: 'control: an asynchronous standby',
      isControl: true,
      run: (ground, extent) => failing(ground, { replication: 'asynchronous', times: 1, unheard }, extent),
    },
  ],
}

async function failing(
  ground: Ground,
  { replication, times, unheard }: Case,
  extent: Extent,
): Promise<Outcome> {
  const pair = await PostgresPair.on(ground)
  await pair.start()
  const settings = settingsOn(ground, { DATABASE_URL: pair.url, STATEMENT_TIMEOUT: '1' })
  const nodes = [await startPortal(ground, settings), await startPortal(ground, settings)]
  const gate = new Gate()
  let served = 0
  const citizens = startWriters(ground, writers, {
    to: async (writer) => (await gate.open) && addressOf(nodes, writer),
    told: ({ status, answered }) => {
      if (status === 201) served = answered
    },
  })
  const anyServedAfter = async (moment: number) => {
    while (served < moment) await wait(5)
  }
  let slowest = 0
  for (let time = 0; time < times; time++) {
    await pair.startWithStandby(replication)
    gate.leadTo('open')
    await anyServedAfter(wallTime())
    await wait(200 + Math.random() * 300)
    pair.partStandby()
    await wait(unheard)
    const gone = wallTime()
    await pair.failOver()
    await anyServedAfter(wallTime())
    slowest = Math.max(slowest, (served - gone) / 1000)
    if (time < times - 1) gate.shut()
  }
  if (replication === 'asynchronous') {
    await citizens.leave()
    return { ...tally(await storedOnServer(pair.url), citizens.receipts), seconds: slowest }
  }
  await citizens.settle()
  const outcome = settledTally(await storedOnServer(pair.url), citizens.receipts)
  if (slowest >= atMost) outcome.wrong.push(`it served again only after ${slowest.toFixed(1)} s`)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds: slowest }
}

const addressOf = (nodes: PortalProcess[], place: number) => nodes[place % nodes.length]?.address ?? ''
