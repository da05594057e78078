import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { dialect } from '../db/columns.ts'
import { raiseRevision } from '../db/queries/consultations/consultations.ts'
import { consultations, submissions } from '../db/schema/index.ts'
import { buildApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'
import type { Dependencies } from '../server/dependencies.ts'
import { openPortal } from '../server/open-portal.ts'
import { seedIfEmpty, seedSlug } from '../server/seed.ts'
import { buildTestApp, type TestPortal } from './build.ts'
import { startPostgres } from './postgres-server.ts'
import { formFields, openForm, sendForm } from './public/forms.ts'

const page = `/consultations/${seedSlug}`
const address = `${page}/submissions`
const body = '建议写明补贴的对象和标准，\n便于农户了解，也便于村里公示。'
const mark = '数据库暂时没有响应'

const filled = async (app: FastifyInstance) => ({
  ...(await openForm(app, 'p3')),
  'comments[0][stance]': 'support',
  'comments[0][body]': body,
  name: '朱小明',
})

/** What stands in the areas of a page's form. */
function writtenIn(html: string): Record<string, string> {
  const areas = [...html.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</g)]
  const typed = (text: string) =>
    text.replace('\n', '').replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))
  return Object.fromEntries(areas.map(([, name = '', text = '']) => [name, typed(text)]))
}

/** What a browser would send if somebody pressed the button of the page that gives the form back. */
async function expectGivenBack(app: FastifyInstance, form: Record<string, string>) {
  const refused = await sendForm(app, address, form)
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '30'])
  expect(refused.headers['cache-control']).toBe('no-store')
  const again = { ...formFields(refused.body), ...writtenIn(refused.body) }
  expect(again).toMatchObject({ 'comments[0][body]': body, name: '朱小明', token: form.token })
  const json = await app.inject({
    method: 'POST',
    url: address,
    headers: { 'content-type': 'application/json', 'idempotency-key': 'json' },
    payload: { identity: 'individual', comments: [{ clause: 'p3', stance: 'support', body }] },
  })
  expect([json.statusCode, json.json().error.code]).toEqual([503, 'unavailable'])
  return again
}

describe.runIf(dialect === 'sqlite')('a disk that takes no more', () => {
  let portal: TestPortal
  beforeAll(async () => {
    portal = await buildTestApp()
  })
  afterAll(() => portal.close())

  /** The system refuses every byte that this process writes to a file. */
  const limitFiles = (size: string) =>
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${size}:`])

  test('gives the form back, goes on being read, and takes the same form once there is room', async () => {
    const { app, db } = portal
    const ignore = () => {}
    process.on('SIGXFSZ', ignore)
    onTestFinished(() => {
      limitFiles('unlimited')
      process.off('SIGXFSZ', ignore)
    })
    const form = await filled(app)
    limitFiles('1')
    const again = await expectGivenBack(app, form)
    const ready = await app.inject('/readyz')
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'database takes no writes' }])
    expect((await app.inject(page)).statusCode).toBe(200)
    limitFiles('unlimited')
    expect(await db.query.$count(submissions)).toBe(0)
    expect((await sendForm(app, address, again)).statusCode).toBe(201)
  })
})

describe.runIf(dialect === 'postgres')('a server that is away', () => {
  let server: Awaited<ReturnType<typeof startPostgres>>
  let dataDir: string
  let deps: Dependencies
  let app: FastifyInstance
  beforeAll(async () => {
    server = await startPostgres()
    dataDir = mkdtempSync(join(tmpdir(), 'portal-away-'))
    const DATABASE_URL = `${server.address}/postgres`
    deps = await openPortal(
      readConfig({ DATABASE_URL, DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' }),
    )
    await seedIfEmpty(deps)
    app = await buildApp(deps, { strictViews: true })
  })
  afterAll(async () => {
    await app.close()
    await deps.db.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** Nothing is sent any more because it was right a tenth of a second ago. */
  const aMoment = () => wait(200)
  const halt = async () => {
    await server.halt()
    await aMoment()
  }

  /** Of the pages that were shown only this one, shown once more since the change, is still to be seen. */
  const expectOneAlone = async (url: string) => {
    expect((await app.inject(url)).statusCode).toBe(200)
    await halt()
    expect((await app.inject(url)).body).toContain(mark)
    expect((await app.inject(page)).statusCode).toBe(503)
    await server.start()
  }

  test('pages that were shown go on being shown, marked, but none that has changed; and it comes back by itself', async () => {
    const get = (url: string) => app.inject(url)
    const old = await buildApp({ ...deps, config: { ...deps.config, keptPagesFor: 0 } })
    onTestFinished(() => old.close())
    const clause = `${page}/clauses/p3`
    const [shown, english] = [await get(page), `${page}?lang=en`]
    for (const url of [english, clause, '/']) expect((await get(url)).statusCode, url).toBe(200)
    expect((await old.inject(page)).statusCode).toBe(200)
    const style = /\/static\/site\.css[^"]*/.exec(shown.body)?.[0] ?? ''
    const form = await filled(app)

    await halt()
    const kept = await get(page)
    expect([kept.statusCode, kept.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(kept.body).toContain(mark)
    expect(kept.body.replace(/<p class="banner" role="status".*?<\/p>/, '')).toBe(shown.body)
    expect((await get(english)).body).toContain('The database does not answer at the moment')
    expect((await get(clause)).body).toContain(mark)
    expect((await get(style)).statusCode).toBe(200)
    for (const url of [`${page}/comments`, `${clause}?contrast=high`]) {
      const { statusCode, headers, body } = await get(url)
      expect([statusCode, headers['retry-after'], body.includes('系统暂时不能保存和读取')], url).toEqual([
        503,
        '30',
        true,
      ])
    }
    expect((await old.inject(page)).statusCode).toBe(503)
    expect((await get('/readyz')).json()).toEqual({ status: 'database unreachable' })
    const again = await expectGivenBack(app, form)

    await server.start()
    const fresh = await get(page)
    expect([fresh.statusCode, fresh.body]).toEqual([200, shown.body])
    expect((await get('/readyz')).json()).toEqual({ status: 'ok' })
    expect((await sendForm(app, address, again)).statusCode).toBe(201)

    const [consultation] = await deps.db.query.select({ id: submissions.consultationId }).from(submissions)
    await deps.db.atomically((tx) => [raiseRevision(tx, consultation?.id ?? '')])
    await halt()
    for (const url of [page, clause]) expect((await get(url)).statusCode, url).toBe(503)
    await server.start()
    expect((await get(page)).statusCode).toBe(200)
    // Another node's change, of which this one only hears where it reads.
    await deps.db.query.update(consultations).set({ revision: 1000 })
    await aMoment()
    await expectOneAlone(clause)
  }, 120_000)
})
