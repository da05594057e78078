import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import type { Database } from '../db/database.ts'
import { evidencing } from '../db/evidence/evidencing.ts'
import { graceKey } from '../db/queries/settings.ts'
import { settings } from '../db/schema/index.ts'
import { createSeals } from '../db/sealing/sealed.ts'
import { buildApp } from '../server/app.ts'
import { type Config, readConfig } from '../server/config.ts'
import type { Dependencies } from '../server/dependencies.ts'
import { TextThread } from '../server/jobs/text-thread.ts'
import { seedIfEmpty } from '../server/seed.ts'
import { lentDatabase } from './lent-database.ts'
import { heard, readTwice } from './reads.ts'

export interface TestPortal {
  app: FastifyInstance
  db: Database
  deps: Dependencies
  /** The time that the portal sees; set it to move the clock. */
  clock: { now: Date }
  /** Fails where a request read the same twice. */
  close(): Promise<void>
}

const secretKey = Buffer.alloc(32, 7)
/** One for all portals of a process: it keeps nothing of one text for the next. */
const texts = new TextThread()

/**
 * A portal on a fresh database of this project's engine, with the seed draft open for comment unless `seed` is false; decisions
 * take effect at once, unless `grace` names for how many seconds they can be taken back.
 */
export async function buildTestApp(
  options: { now?: Date; config?: Partial<Config>; seed?: boolean; grace?: number } = {},
): Promise<TestPortal> {
  const clock = { now: options.now ?? new Date('2026-11-23T02:00:00Z') }
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-test-'))
  const { db: lent, url, drop } = await lentDatabase()
  const config = {
    ...readConfig({
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      SECRET_KEY: secretKey.toString('base64'),
      LOG_LEVEL: 'silent',
      RATE_LIMITS: 'off',
    }),
    ...options.config,
  }
  const seals = createSeals(config.secretKey)
  const db = evidencing(heard(lent), seals)
  const deps: Dependencies = { config, db, seals, texts, now: () => clock.now }
  if (options.seed ?? true) await seedIfEmpty(deps)
  await db.query.insert(settings).values({ key: graceKey, value: { seconds: options.grace ?? 0 } })
  const app = await buildApp(deps, { strictViews: true })
  await app.ready()
  return {
    app,
    db,
    deps,
    clock,
    close: async () => {
      await app.close()
      await drop()
      rmSync(dataDir, { recursive: true, force: true })
      expect(readTwice(app), 'what a request reads, it reads once').toEqual([])
    },
  }
}
