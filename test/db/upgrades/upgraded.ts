import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidencing } from '../../../db/evidence/evidencing.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { createSeals } from '../../../db/sealing/sealed.ts'
import { buildApp } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import { TextThread } from '../../../server/jobs/text-thread.ts'
import type { TestPortal } from '../../build.ts'
import { copiedDatabase, lastingDatabase } from '../../database.ts'
import { type Facts, loadDatabase, writeFiles } from './fixture.ts'

/** A version's database after it was brought up to date, which nobody opens. */
interface UpToDate {
  url: string
  facts: Facts
}

/** Those of this process: loading one and bringing it up to date takes ten times as long as copying it. */
const known = new Map<string, Promise<UpToDate>>()
/** One for all portals of a process: it keeps nothing of one text for the next. */
const texts = new TextThread()

/** The portal on a database that an earlier version filled, at the time at which it did, with what is known of it. */
export async function upgraded(version: string): Promise<TestPortal & { facts: Facts }> {
  const upToDate = known.get(version) ?? broughtUpToDate(version)
  known.set(version, upToDate)
  const { url: original, facts } = await upToDate
  const { url, remove } = await copiedDatabase(original)
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-upgrade-'))
  writeFiles(facts, dataDir)
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
  const deps: Dependencies = { config, db, seals, texts, now: () => clock.now }
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

async function broughtUpToDate(version: string): Promise<UpToDate> {
  const url = await lastingDatabase()
  const facts = await loadDatabase(version, url)
  await migrate(url)
  return { url, facts }
}
