import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { launched, settingsOn, startPortal } from './portal-process.ts'
import { fileIn, settledTally, storedInFile, verified } from './tally.ts'
import type { Extent, Fault, Ground, Outcome } from './trial.ts'
import { startWriters } from './writers.ts'

const writers = 32
const submissions = 300

/** A next version's step that takes its time, and one that cannot succeed after it. */
const slow =
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) UPDATE comments SET body = '改过' WHERE (SELECT max(i) FROM n) > 0;"
const rewriting = "UPDATE comments SET body = '改过';"
const impossible = 'ALTER TABLE comments ADD COLUMN weight text NOT NULL;'

/** An upgrade breaks off half-way: the version before goes on with what was there. */
export const migration: Fault = {
  name: 'migration',
  trials: [
    {
      what: 'a step that fails after rows were changed',
      run: (ground, extent) => upgrading(ground, extent, failing),
    },
    { what: 'kill -9 in the middle of a step', run: (ground, extent) => upgrading(ground, extent, killed) },
    {
      what: 'control: statement by statement, without a transaction',
      isControl: true,
      run: (ground) => upgrading(ground, 'quick', byHand),
    },
  ],
}

type Upgrade = (ground: Ground, file: string) => Promise<void>

async function upgrading(ground: Ground, extent: Extent, upgrade: Upgrade): Promise<Outcome> {
  const settings = settingsOn(ground)
  const portal = await startPortal(ground, settings)
  const citizens = startWriters(ground, writers, { to: () => portal.address })
  while (citizens.receipts.size < submissions) await wait(5)
  await citizens.settle()
  await portal.kill('SIGTERM')
  await upgrade(ground, fileIn(settings))
  const began = performance.now()
  const again = await startPortal(ground, settings)
  const seconds = (performance.now() - began) / 1000
  await again.kill('SIGTERM')
  const outcome = settledTally(storedInFile(fileIn(settings)), citizens.receipts)
  if (extent === 'full') outcome.wrong.push(...(await verified(ground, settings)))
  return { ...outcome, seconds }
}

const failing: Upgrade = async (ground, file) => {
  const { ended, said } = nextVersion(ground, file, [rewriting, impossible])
  if ((await ended) === 0) throw new Error(`the upgrade succeeded: ${said()}`)
}

const killed: Upgrade = async (ground, file) => {
  const next = nextVersion(ground, file, [rewriting, slow])
  while (!next.said().includes('migrating')) await wait(5)
  await wait(1_000)
  const ended = await next.kill('SIGKILL')
  if (ended !== 'SIGKILL') throw new Error(`the upgrade was over before it was killed: ${next.said()}`)
}

const byHand: Upgrade = async (_, file) => {
  const db = new Sqlite(file)
  for (const statement of [rewriting, impossible]) {
    try {
      db.exec(statement)
    } catch {
      break
    }
  }
  db.close()
}

function nextVersion(ground: Ground, file: string, statements: string[]) {
  const script = fileURLToPath(new URL('./next-migration.ts', import.meta.url))
  return launched(ground, settingsOn(ground, { DATABASE_URL: `file:${file}`, TMPDIR: ground.folder }), [
    script,
    ...statements,
  ])
}
