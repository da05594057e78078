import { afterEach, beforeEach, expect, test } from 'vitest'
import { markDemonstration } from '../../db/queries/settings.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { buildApp } from '../../server/app.ts'
import { type Entrance, entrancesOf } from '../../server/demonstration/entrances.ts'
import { welcome } from '../../server/welcome.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { StaffBrowser } from '../staff.ts'

let portal: TestPortal
beforeEach(async () => {
  portal = await buildTestApp()
  const { db, seals, now } = portal.deps
  const grants = [{ role: 'admin' as const, consultationId: '*' }]
  const member = {
    name: '管理员',
    passwordHash: 'none',
    totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    grants,
  }
  await addStaff(db, seals, member, { staffId: null, now: now() })
})
afterEach(() => portal.close())

async function visit(entrances: readonly Entrance[], key: string) {
  const app = await buildApp(portal.deps, { entrances, strictViews: true })
  const browser = new StaffBrowser({ ...portal, app })
  const entered = await browser.get(`/staff/demonstration/${key}`)
  const start = await browser.get('/staff')
  await app.close()
  return [entered.statusCode, start.headers.location]
}

test('in a demonstration an address signs in, another key is no page', async () => {
  await markDemonstration(portal.db)
  const entrances = await entrancesOf(portal.deps)
  const [admin] = entrances
  expect(entrances.map(({ name }) => name)).toEqual(['管理员'])
  expect(await visit(entrances, admin?.key ?? '')).toEqual([303, '/admin'])
  expect(await visit(entrances, 'another')).toEqual([404, '/staff/sign-in'])
  const said = welcome(
    { ...portal.deps.config, dataDir: 'data/demonstration' },
    'http://127.0.0.1:3000',
    entrances,
  )
  expect(said).toContain(`http://127.0.0.1:3000/staff/demonstration/${admin?.key}`)
  expect(said).toContain("DATA_DIR='data/demonstration' npm run --silent portal -- staff add")
})

test('elsewhere there is no entrance, whoever has such a name, and in production never', async () => {
  expect(await entrancesOf(portal.deps)).toEqual([])
  await markDemonstration(portal.db)
  const [admin] = await entrancesOf(portal.deps)
  expect(await visit([], admin?.key ?? '')).toEqual([404, '/staff/sign-in'])
  const production = { ...portal.deps, config: { ...portal.deps.config, production: true } }
  expect(await entrancesOf(production)).toEqual([])
})
