import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Gate } from './gate.ts'
import { command, launched, type PortalProcess, settingsOn, startPortal } from './portal-process.ts'
import { fileIn, settledTally, storedInFile, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { type Receipts, startWriters } from './writers.ts'

const writers = 32
const kills = { full: 8, quick: 2 }

/** The key is rotated while many send; now the node, now the command is ended by force in the middle of it. */
export const rotation: Fault = {
  name: 'rotation',
  trials: [
    {
      what: 'node and command killed in turn in the middle of a rotation',
      run: (ground, extent) => rotating(ground, extent),
    },
    {
      what: 'control: the key of before, after the rotation',
      isControl: true,
      run: (ground) => rotating(ground, 'quick', true),
    },
  ],
}

async function rotating(ground: Ground, extent: Extent, withOldKey = false): Promise<Outcome> {
  const settings = settingsOn(ground, { SECRET_KEY: '' })
  const gate = new Gate()
  let node = await startPortal(ground, settings)
  gate.leadTo(node.address)
  const citizens = startWriters(ground, writers, { to: () => gate.open })
  while (citizens.receipts.size < 10 * writers) await wait(5)
  const old = readFileSync(join(settings.DATA_DIR, 'secret-key'), 'utf8')
  let slowest = 0
  for (let time = 0; time < kills[extent]; time++) {
    const rotating = launched(ground, settings, ['server/cli/portal.ts', 'keys', 'rotate'])
    await wait(500 + Math.random() * 1_500)
    if (time % 2 === 0) await rotating.kill('SIGKILL')
    else {
      gate.shut()
      await node.kill('SIGKILL')
      const began = performance.now()
      node = await startPortal(ground, settings)
      slowest = Math.max(slowest, (performance.now() - began) / 1000)
      gate.leadTo(node.address)
      await rotating.kill('SIGKILL')
    }
  }
  const last = await command(ground, settings, ['keys', 'rotate'])
  await citizens.settle()
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (last.code !== 0) outcome.wrong.push(`the rotation does not come to its end: ${last.said}`)
  await node.kill('SIGTERM')
  const after = withOldKey ? { ...settings, SECRET_KEY: old } : settings
  const again = await startPortal(ground, after).catch((error: Error) => error)
  if (again instanceof Error) outcome.wrong.push(again.message)
  else outcome.lost += await closed(again, citizens.receipts)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds: slowest }
}

/** How many of the receipts open nothing by their code. */
async function closed({ address }: PortalProcess, receipts: Receipts): Promise<number> {
  let closed = 0
  for (const { number, code } of [...receipts.values()].filter((_, place) => place % 20 === 0)) {
    const response = await fetch(`${address}/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    if (response.status !== 200 || !(await response.text()).includes(number)) closed += 1
  }
  return closed
}
