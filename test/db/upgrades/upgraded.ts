import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidencing } from '../../../db/evidence/evidencing.ts'
import { openDatabase } from '../../../db/open.ts'
import { createSeals } from '../../../db/sealing/sealed.ts'
import { buildApp } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import { TextThread } from '../../../server/jobs/text-thread.ts'
import type { TestPortal } from '../../build.ts'
import { emptyDatabase } from '../../database.ts'
import { type Facts, loadFixture } from './fixture.ts'

/** The portal on a database that an earlier version filled, at the time at which it did, with what is known of it. */
export async function upgraded(version: string): Promise<TestPortal & { facts: Facts }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-upgrade-'))
  const { url, remove } = await emptyDatabase()
  const facts = await loadFixture(version, url, dataDir)
  const config = readConfig({
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    SECRET_KEY: facts.secretKey,
    LOG_LEVEL: 'silent',
    RATE_LIMITS: 'off',
  })
  const clock = { now: new Date(facts.madeAt) }
  const seals = createSeals(config.secretKey)
  const db = evidencing(await openDatabase({ url }), seals)
  const deps: Dependencies = { config, db, seals, texts: new TextThread(), now: () => clock.now }
  const app = await buildApp(deps, { strictViews: true })
  await app.ready()
  const close = async () => {
    await app.close()
    await db.close()
    await remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { app, db, deps, clock, close, facts }
}
