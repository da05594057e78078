import { rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../db/migrate.ts'
import { embeddedPostgres, reachableFolder } from './embedded-postgres.ts'

/** Starts one PostgreSQL for the whole run, with a migrated database which every test then copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = reachableFolder()
  const clearAway = () => rmSync(folder, { recursive: true, force: true })
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres(folder)
  const said: unknown[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-h', '127.0.0.1', '-k', '', '-N', '300', '-F'],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(line),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    clearAway()
    throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`, { cause })
  }
  const address = `postgres://postgres:password@127.0.0.1:${port}`
  await server.createDatabase('template')
  await migrate(`${address}/template`)
  project.provide('postgres', address)
  return async () => {
    await server.stop()
    clearAway()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
