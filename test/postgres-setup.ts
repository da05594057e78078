import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../db/migrate.ts'
import { startPostgres } from './postgres-server.ts'

/** Starts one PostgreSQL for the whole run, with a migrated database which every test then copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { address, stop } = await startPostgres()
  try {
    const client = new pg.Client({ connectionString: `${address}/postgres` })
    await client.connect()
    await client.query('CREATE DATABASE template')
    await client.end()
    await migrate(`${address}/template`)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('postgres', address)
  return stop
}
