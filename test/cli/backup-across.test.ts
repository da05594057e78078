import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialect } from '../../db/columns.ts'
import { openRows } from '../../db/transfer/open-rows.ts'
import { countAll } from '../../db/transfer/stored-rows.ts'
import { fixtureVersions } from '../db/upgrades/fixture.ts'
import { upgraded } from '../db/upgrades/upgraded.ts'
import { aBackup, anEmptyFolder, placeOf } from './backing-up.ts'
import { secretKey } from './portal-command.ts'

let portal: Awaited<ReturnType<typeof upgraded>>
beforeAll(async () => {
  portal = await upgraded(fixtureVersions().at(-1) ?? '')
})
afterAll(() => portal.close())

async function rowsAt(url: string): Promise<number> {
  const source = await openRows(url)
  const rows = await countAll(source)
  await source.close()
  return rows
}

test.runIf(dialect === 'postgres')('what a server held is restored into a file, and is whole', async () => {
  const { dir } = await aBackup(placeOf(portal.deps.config))
  const DATA_DIR = anEmptyFolder()
  const DATABASE_URL = `file:${DATA_DIR}/portal.db`
  // A process has one engine.
  const run = (...words: string[]) =>
    execFileSync(process.execPath, ['server/cli/portal.ts', ...words], {
      env: { ...process.env, DATABASE_URL, DATA_DIR, SECRET_KEY: secretKey.toString('base64') },
      encoding: 'utf8',
    })
  expect(run('restore', dir)).toBe(`已从 ${dir} 恢复，可以启动门户\n`)
  expect(await rowsAt(DATABASE_URL)).toBe(await rowsAt(portal.deps.config.databaseUrl))
  expect(run('verify')).toBe('核对无误\n')
})
