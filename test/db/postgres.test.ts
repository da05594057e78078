import { type AddressInfo, createServer } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { expect, type TestContext, test } from 'vitest'
import { openPostgres } from '../../db/postgres.ts'
import { staff } from '../../db/schema/index.ts'
import { operatorProblem } from '../../server/operator-problem.ts'
import { freshDatabase } from '../database.ts'
import { aMember } from './staff-member.ts'

/** A database of a test's own with two rows, and somebody else who is connected to it. */
async function aDatabase({ onTestFinished }: TestContext) {
  const { db, url, drop } = await freshDatabase()
  const other = new pg.Client({ connectionString: url })
  onTestFinished(async () => {
    await other.end()
    await drop()
  })
  await db.query.insert(staff).values([aMember('1'), aMember('2')])
  await other.connect()
  const rename = (id: string, name: string) => db.query.update(staff).set({ name }).where(eq(staff.id, id))
  return { db, other, rename }
}

// Most of it waits, for a lock or for the server.
test.concurrent('where TLS is asked for, a server that has none is told nothing, and the operator why', async () => {
  const heard: Buffer[] = []
  const plain = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard.push(bytes)
      socket.write('N')
    })
  })
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const { port } = plain.address() as AddressInfo
  const url = `postgres://portal:secret@127.0.0.1:${port}/portal?sslmode=verify-full`
  const error = await openPostgres(url).catch((refused: unknown) => refused)
  plain.close()
  expect(operatorProblem(error)).toContain('数据库服务器不支持')
  // SSLRequest, the eight bytes that ask for it.
  expect(Buffer.concat(heard).toString('hex')).toBe('0000000804d2162f')
})

test.concurrent('lists that deadlock are both done in the end', async (context) => {
  const { db, other } = await aDatabase(context)
  const inOrder = (first: string, second: string) =>
    db.atomically((tx) => [
      tx
        .update(staff)
        .set({ name: `${first} first` })
        .where(eq(staff.id, first)),
      tx.select({ slept: sql`pg_sleep(0.3)` }).from(staff).limit(1),
      tx
        .update(staff)
        .set({ name: `${second} second` })
        .where(eq(staff.id, second)),
    ])
  await Promise.all([inOrder('1', '2'), inOrder('2', '1')])
  const { rows } = await other.query(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  )
  expect(rows).toHaveLength(1)
  const names = (await db.query.select().from(staff).orderBy(staff.id)).map(({ name }) => name)
  expect([
    ['1 first', '2 second'],
    ['1 second', '2 first'],
  ]).toContainEqual(names)
})

test.concurrent('a lock that another process holds makes writes fail, and not wait for ever', async (context) => {
  const { other, rename } = await aDatabase(context)
  await other.query('BEGIN')
  await other.query(`UPDATE staff SET name = 'locked' WHERE id = '1'`)
  await expect(rename('1', 'x')).rejects.toMatchObject({ code: '55P03' })
  await other.query('ROLLBACK')
  await rename('1', 'y')
})

test.concurrent('nothing is called overwritten while somebody writes in another database of the server', async (context) => {
  const [{ db, rename }, { other }] = await Promise.all([aDatabase(context), aDatabase(context)])
  await other.query('BEGIN')
  await other.query('SELECT pg_current_xact_id()')
  await rename('1', 'a later one')
  expect(await db.overwriteFreed()).toBe(false)
  await other.query('COMMIT')
  await context.expect.poll(() => db.overwriteFreed()).toBe(true)
})

test.concurrent('a value that cannot be read is not quoted', async (context) => {
  const { db } = await aDatabase(context)
  const wrong = db.query.select({ number: sql`cast(${'张三丰'} as integer)` }).from(staff)
  await expect(wrong).rejects.toThrow(/^data exception 22P02$/)
})

test.concurrent('connections that the server closes do not end the process, and are made anew', async (context) => {
  const { db, other, rename } = await aDatabase(context)
  await Promise.all(['1', '2', '1', '2'].map((id) => rename(id, `x${id}`)))
  const slow = db.query.select({ slept: sql`pg_sleep(30)` }).from(staff)
  const outcome = Promise.allSettled([slow])
  await context.expect.poll(() => sleeping(other)).toBe(1)
  await other.query(`SELECT pg_terminate_backend(pid) ${ofThisDatabase}`)
  expect(await outcome).toMatchObject([{ reason: { code: '57P01' } }])
  await context.expect.poll(() => rename('1', 'still here').then(() => 'written', String)).toBe('written')
})

const ofThisDatabase = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'

async function sleeping(other: pg.Client): Promise<number> {
  const { rows } = await other.query(`SELECT pid ${ofThisDatabase} AND wait_event = 'PgSleep'`)
  return rows.length
}
