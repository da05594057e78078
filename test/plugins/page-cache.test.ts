import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { findConsultation, raiseRevision } from '../../db/queries/consultations/consultations.ts'
import { fetches, rounds } from '../../db/schema/index.ts'
import { buildApp } from '../../server/app.ts'
import { notStopping, type Stopping } from '../../server/stopping.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type Everything, everything, opened, publicAddresses, states } from '../public/everything.ts'
import { statementsOfLast } from '../reads.ts'

let portal: TestPortal
let all: Everything
let addresses: string[]
let stopping: Stopping
let app: TestPortal['app']
let url: string
let askedWithLimit = 0
const written: string[] = []
const agent = new Agent({ keepAlive: true })

beforeAll(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
  portal = await buildTestApp({ now: opened, config: { logLevel: 'info' } })
  all = await everything(portal)
  for (const [, enter] of states) await enter(all)
  addresses = await publicAddresses(all)
  stopping = notStopping()
  app = await buildApp(portal.deps, { stopping })
  app.get('/limited', { config: { limit: 'search' } }, (_request, reply) => {
    askedWithLimit++
    return reply.keptPage([['limited', 1, '', '', Number.MAX_VALUE]], async () => 'the same page')
  })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  agent.destroy()
  await app.close()
  await portal.close()
  vi.restoreAllMocks()
})

/** As it comes over the line, and whether the framework did not see it. */
async function ask(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: object } = {},
) {
  const before = statementsOfLast(app)
  const sent = request(`${url}${path}`, { method, agent, headers: { ...headers } }).end()
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject)
  })
  const body = (await buffer(answer)).toString('base64')
  const { date: _, ...rest } = answer.headers
  return {
    answer: { status: answer.statusCode, headers: rest, body },
    isAtOnce: statementsOfLast(app) === before,
  }
}

/** Not at once: nothing is known of the time before. */
async function askBefore(...asked: Parameters<typeof ask>) {
  portal.clock.now = new Date(portal.clock.now.getTime() - 1)
  return ask(...asked)
}

const page = '/consultations/yanglao'
const form = `${page}/clauses/p3/comments/new`

/** Until it comes at once: on a busy machine more than a tenth of a second may lie between two askings. */
const atOnce = (path: string) =>
  vi.waitFor(async () => {
    const asked = await ask(path)
    expect(asked.isAtOnce).toBe(true)
    return asked
  }, 20_000)

test('what is sent at once is to the byte what the framework sends', async () => {
  let sentAtOnce = 0
  for (const path of addresses) {
    const { etag = '' } = (await ask(path)).answer.headers
    for (const headers of [
      {},
      { 'accept-encoding': 'gzip, deflate, br' },
      { 'accept-encoding': 'gzip' },
      { 'accept-encoding': 'br;q=0, gzip;q=0' },
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const asked = await askBefore(path, { method, headers })
        const again = await ask(path, { method, headers })
        expect(again.answer, `${method} ${path} ${JSON.stringify(headers)}`).toEqual(asked.answer)
        if (!asked.isAtOnce && again.isAtOnce) sentAtOnce++
      }
    }
  }
  expect(sentAtOnce).toBeGreaterThan(100)
})

test('a change of this node is seen at once, and the clock too', async () => {
  await atOnce(page)
  const { id } = (await findConsultation(portal.db, 'yanglao')) ?? { id: '' }
  await portal.db.atomically((tx) => [raiseRevision(tx, id)])
  expect((await ask(page)).isAtOnce).toBe(false)
  await atOnce(page)
  expect((await askBefore(page)).isAtOnce).toBe(false)
})

test('the day ends at midnight in Shanghai, to the millisecond', async () => {
  const midnight = new Date('2027-03-01T16:00:00Z').getTime()
  // Again and again, since on a busy machine the page may be too old at midnight anyway.
  for (let day = 0; day < 10; day++) {
    portal.clock.now = new Date(midnight + day * 86_400_000 - 1)
    await ask(page)
    portal.clock.now = new Date(midnight + day * 86_400_000)
    expect((await ask(page)).isAtOnce).toBe(false)
  }
})

test('a change of another node is seen soon after, on pages and in forms', async () => {
  const other = await openDatabase({ url: portal.deps.config.databaseUrl })
  const before = (await atOnce(page)).answer.headers.etag
  expect((await ask(form)).answer.status).toBe(200)
  const { id } = (await findConsultation(other, 'yanglao')) ?? { id: '' }
  // In a list, as another node writes: of what a test writes by itself this one is told.
  await other.atomically((tx) => [
    tx.update(rounds).set({ title: '改过的稿名' }).where(eq(rounds.consultationId, id)),
    raiseRevision(tx, id),
  ])
  await other.close()
  // Not longer: what the portal itself writes now and then has everything read anew.
  await vi.waitFor(async () => expect((await ask(page)).answer.headers.etag).not.toBe(before), 2_000)
  expect(Buffer.from((await ask(form)).answer.body, 'base64').toString()).toContain('改过的稿名')
})

test('each asking is counted, and stands in the log; where there is a limit it is met', async () => {
  await app.keepFetches()
  await portal.db.query.delete(fetches)
  written.length = 0
  let asked = 1
  await vi.waitFor(async () => {
    asked++
    expect((await ask(`${page}/notice`)).isAtOnce).toBe(true)
  }, 20_000)
  await app.keepFetches()
  const rows = await portal.db.query.select().from(fetches)
  expect(rows.map(({ page, count }) => [page, count])).toEqual([['/notice', asked - 1]])
  expect(written.filter((line) => line.includes('request completed'))).toHaveLength(asked - 1)
  for (let i = 0; i < 5; i++) await ask('/limited')
  expect(askedWithLimit).toBe(5)
})

test('behind a proxy a page is for the name and the way by which it was asked', async () => {
  const proxied = await buildApp({
    ...portal.deps,
    config: { ...portal.deps.config, trustedProxies: ['127.0.0.1'] },
  })
  const address = await proxied.listen({ host: '127.0.0.1', port: 0 })
  const asked = async (host: string, protocol: string) => {
    const headers = { 'x-forwarded-host': host, 'x-forwarded-proto': protocol }
    return (await fetch(`${address}${page}/feed.atom`, { headers })).text()
  }
  for (let i = 0; i < 3; i++) {
    expect(await asked('a.example', 'https')).toContain('https://a.example/')
    expect(await asked('b.example', 'https')).toContain('https://b.example/')
    expect(await asked('b.example', 'http')).toContain('http://b.example/')
  }
  await proxied.close()
})

test('the last answer of a connection says so', async () => {
  await atOnce(page)
  stopping.begun = true
  for (let i = 0; i < 2; i++) expect((await ask(page)).answer.headers.connection).toBe('close')
  stopping.begun = false
})

test('nothing is answered in the moment before the portal ceases to listen', async () => {
  await atOnce(page)
  let goOn = () => {}
  stopping.deaf = new Promise((resolve) => {
    goOn = resolve
  })
  const answered = ask(page)
  expect(await Promise.race([answered, wait(50, 'it waits')])).toBe('it waits')
  goOn()
  expect((await answered).answer.status).toBe(200)
  stopping.deaf = null
})
