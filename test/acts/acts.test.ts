import { expect, onTestFinished, test } from 'vitest'
import { Refused } from '../../db/refused.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { buildTestApp } from '../build.ts'
import { portalCommand } from '../cli/portal-command.ts'
import { strict } from '../jobs/doing.ts'
import { chanceFrom } from './around.ts'
import { actsOf } from './random-acts.ts'

/** `npm run test:acts` does more. */
const count = Number(process.env.ACTS ?? 900)

test(`nothing is found after ${count} acts of citizens and staff in an order that chance gave`, async () => {
  const portal = await buildTestApp()
  onTestFinished(() => portal.close())
  const { deps, clock } = portal
  const tick = () => {
    clock.now = new Date(clock.now.getTime() + 1000)
  }
  const follow = async () => {
    while (await followOnce(deps, strict)) {}
  }
  await follow()
  const chance = chanceFrom(Number(process.env.SEED ?? 7))
  const acts = Object.entries(await actsOf(deps, chance, tick))
  const done = new Map<string, number>()
  for (let i = 0; i < count; i++) {
    const [name, act] = acts[chance(2) === 0 ? chance(3) : chance(acts.length)] ?? expect.unreachable()
    try {
      await act()
      done.set(name, (done.get(name) ?? 0) + 1)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
    if (i % 50 === 0) await follow()
  }
  await follow()
  const { databaseUrl, dataDir } = deps.config
  const verified = await portalCommand(['verify'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })
  expect(verified).toEqual({ code: 0, out: '核对无误\n', said: '' })
  expect(acts.filter(([name]) => !done.has(name))).toEqual([])
}, 1_800_000)
