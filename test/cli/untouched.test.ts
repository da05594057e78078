import { expect, onTestFinished, test } from 'vitest'
import { isAllTakenUp } from '../../db/queries/evidence/digests.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { buildTestApp } from '../build.ts'
import { fill } from '../db/upgrades/fill.ts'
import { strict } from '../jobs/doing.ts'
import { portalCommand } from './portal-command.ts'

test('nothing is found where everything was done and nobody touched it', async () => {
  const portal = await buildTestApp({ seed: false })
  onTestFinished(() => portal.close())
  const { deps } = portal
  while (await followOnce(deps, strict)) {}
  expect(await isAllTakenUp(deps.db)).toBe(true)
  await fill(deps)
  const { databaseUrl, dataDir } = deps.config
  expect(await portalCommand(['verify'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir })).toEqual({
    code: 0,
    out: '核对无误\n',
    said: '',
  })
}, 120_000)
