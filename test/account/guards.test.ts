import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { admin } from '../../server/admin/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { moderation } from '../../server/moderation/index.ts'
import { office } from '../../server/office/index.ts'
import { type Role, roleNames } from '../../server/rules/staff/roles.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type StaffBrowser, signIn } from '../staff.ts'

const methods = ['GET', 'POST'] as const
interface Address {
  method: (typeof methods)[number]
  url: string
}

type Workspace = (app: FastifyInstance, deps: Dependencies) => Promise<void>

/** Which roles may read the pages of a folder, and which may send its forms. */
const folders: { prefix: string; workspace: Workspace; readers: Role[]; writers: Role[] }[] = [
  {
    prefix: '/moderation',
    workspace: moderation,
    readers: ['moderator', 'approver', 'auditor'],
    writers: ['moderator', 'approver'],
  },
  {
    prefix: '/office',
    workspace: office,
    readers: ['drafter', 'approver', 'department', 'auditor'],
    writers: ['drafter', 'approver', 'department'],
  },
  { prefix: '/admin', workspace: admin, readers: ['admin', 'auditor'], writers: ['admin'] },
]

const everyRole = Object.keys(roleNames) as Role[]
const browsers = new Map<Role, StaffBrowser>()
let portal: TestPortal

beforeAll(async () => {
  portal = await buildTestApp()
  for (const role of everyRole) {
    const browser = await signIn(portal, role)
    await browser.get('/staff/account')
    browsers.set(role, browser)
  }
})
afterAll(() => portal.close())

describe.each(folders)('$prefix', ({ prefix, workspace, readers, writers }) => {
  test('is closed to whoever has not signed in, in every route', async () => {
    for (const { method, url } of await routesOf(workspace, prefix)) {
      const response = await portal.app.inject({ method, url })
      if (method === 'GET') {
        expect(response.headers.location, url).toBe(`/staff/sign-in?next=${encodeURIComponent(url)}`)
      } else {
        expect([response.statusCode, url]).toEqual([401, url])
        expect(response.body).toContain('您已退出登录')
      }
    }
  })

  test.each(everyRole)('is open to %s only as far as the role goes, in every route', async (role) => {
    const browser = browsers.get(role)
    for (const { method, url } of await routesOf(workspace, prefix)) {
      const allowed = (method === 'GET' ? readers : writers).includes(role)
      if (allowed && method === 'POST') continue
      const response = await (method === 'GET' ? browser?.get(url) : browser?.post(url, {}))
      if (allowed) expect(response?.statusCode, url).toBeLessThan(500)
      else expect([response?.statusCode, url]).toEqual([403, url])
      if (url === prefix) expect(response?.body.includes('没有这项权限')).toBe(!allowed)
    }
  })
})

/** Every address of a folder, with something in the place of each parameter. */
async function routesOf(workspace: Workspace, prefix: string): Promise<Address[]> {
  const routes: Address[] = []
  const app = Fastify()
  app.addHook('onRoute', ({ method, url }) => {
    const filled = url.replace(':slug', 'shanxi-laoqu').replace(/:\w+/g, 'x')
    for (const known of methods) if (known === method) routes.push({ method: known, url: filled })
  })
  await app.register(workspace, { ...portal.deps, prefix })
  await app.ready()
  return routes
}
