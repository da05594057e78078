import diagnostics from 'node:diagnostics_channel'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../server/app.ts'
import { buildTestApp } from './build.ts'

const root = join(import.meta.dirname, '..')

/** A route, and the file that registers it. */
export interface Route {
  methods: string[]
  url: string
  file: string
}

/** Every route of the portal, a demonstration's too, with the innermost of its files on the stack at the moment when Fastify hears of it. */
export async function everyRoute(): Promise<Route[]> {
  const found: Route[] = []
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url }) => {
      const lines = (new Error().stack ?? '').split('\n').map((line) => line.split(`${root}/`)[1] ?? '')
      const [, file = ''] = lines.map((line) => /^(server\/.*\.ts):/.exec(line)).find((line) => line) ?? []
      found.push({ methods: [method].flat(), url, file })
    })
  }
  const portal = await buildTestApp({ seed: false })
  diagnostics.subscribe('fastify.initialization', listen)
  const app = await buildApp(portal.deps, { entrances: [{ name: '', staffId: '', key: '' }] })
  diagnostics.unsubscribe('fastify.initialization', listen)
  await app.close()
  await portal.close()
  return found
}
