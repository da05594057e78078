import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { consultations } from '../db/schema/index.ts'
import { readConfig } from '../server/config.ts'
import { openPortal } from '../server/open-portal.ts'
import { seedIfEmpty } from '../server/seed.ts'
import { emptyDatabase } from './database.ts'

/** A node that starts on a database without a table. @returns how many consultations it finds then */
async function start(config: Parameters<typeof openPortal>[0]): Promise<number> {
  const deps = await openPortal(config)
  try {
    await seedIfEmpty(deps)
    return await deps.db.query.$count(consultations)
  } finally {
    await deps.db.close()
  }
}

test('nodes that start at once on an empty database all start, and one puts the draft out', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'portal-seed-'))
  for (let round = 1; round <= 9; round++) {
    const { url, remove } = await emptyDatabase()
    const config = readConfig({ DATABASE_URL: url, DATA_DIR: dataDir })
    const started = await Promise.allSettled([start(config), start(config)])
    await remove()
    expect(started).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'fulfilled', value: 1 },
    ])
  }
  rmSync(dataDir, { recursive: true })
})
