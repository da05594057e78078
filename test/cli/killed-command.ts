import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'
import type { Place } from './backing-up.ts'
import { secretKey } from './portal-command.ts'

/** Runs a command in a process of its own, which is killed as soon as something is so. */
export async function killed(
  words: string[],
  place: Place,
  isSo: () => Promise<boolean> | boolean,
): Promise<void> {
  const child = spawn(process.execPath, ['server/cli/portal.ts', ...words], {
    env: { ...process.env, ...place, SECRET_KEY: secretKey.toString('base64') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  while (child.exitCode === null && !(await isSo())) await wait(1)
  child.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
}

/** What tells whether somebody has a transaction open in which rows were written. */
export async function fillingOf(url: string): Promise<() => Promise<boolean>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return async () => {
    const { rows } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'portal restore'
       AND backend_xid IS NOT NULL AND query LIKE 'INSERT%'`,
    )
    return rows.length > 0
  }
}
