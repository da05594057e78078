import { join } from 'node:path'
import view from '@fastify/view'
import { Eta } from 'eta'
import type { FastifyReply } from 'fastify'
import plugin from 'fastify-plugin'
import { printable } from '../text/words/printable.ts'
import { assetAddress } from './assets.ts'

/** Every page's name and what it is given; the handler that renders a page declares its context beside it. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in each workspace
export interface Views {}

declare module 'fastify' {
  interface FastifyInstance {
    /** Renders views/<name>.eta with `context` as `it`. */
    page<Name extends keyof Views>(name: Name, context: Views[Name]): Promise<string>
  }
  interface FastifyReply {
    /** What a scope gives all of its pages besides their own context. */
    locals: object
    /** Sends views/<name>.eta rendered with `context` as `it`. */
    page<Name extends keyof Views>(name: Name, context: Views[Name]): Promise<FastifyReply>
  }
}

const folder = join(import.meta.dirname, '../../views')
const asTyped = new Eta().config.escapeFunction
const options = {
  views: folder,
  autoEscape: true,
  autoTrim: false as const,
  escapeFunction: (value: unknown) => asTyped(printable(String(value))),
}
/** Compiles each page once in the life of the process. */
const lasting = new Eta({ ...options, cache: true })

/**
 * Eta with escaping always on; what no page can carry, or what turns the direction of its neighbours, is shown as marks.
 * Every page is given `asset`, which says the address of a style, script or picture, and `asTyped`, which escapes alone:
 * for what a control of a form holds, since that is sent again as it stands.
 * With `strict`, a page that reads a property that its context lacks fails instead of printing "undefined"; tests run
 * so.
 * @param cache whether a page is compiled once; without it a change of its file shows at the next request
 */
export const views = plugin(async (app, { cache, strict }: { cache: boolean; strict: boolean }) => {
  const eta = cache ? lasting : new Eta({ ...options, cache: false })
  await app.register(view, { engine: { eta }, root: folder, viewExt: 'eta' })
  const given = (context: object) => {
    const all = { ...context, asset: assetAddress, asTyped }
    return strict ? strictContext(all) : all
  }

  app.decorate('page', (name: string, context: object) => app.view(name, given(context)))
  app.decorateReply('page', async function (this: FastifyReply, name: string, context: object) {
    const html = await app.view(name, given({ ...this.locals, ...context }))
    return this.type('text/html; charset=utf-8').send(html)
  })
})

function strictContext<T extends object>(context: T): T {
  return new Proxy(context, {
    get(target, property, receiver) {
      const isKnown = property in target || typeof property === 'symbol' || property === 'toJSON'
      if (!isKnown && !Array.isArray(target)) {
        throw new Error(`The page reads "${property}", which its context does not have`)
      }
      const value: unknown = Reflect.get(target, property, receiver)
      return value !== null && typeof value === 'object' && isPlain(value) ? strictContext(value) : value
    },
  })
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
