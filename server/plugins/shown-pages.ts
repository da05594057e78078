import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { shanghaiMinute } from '../rules/days.ts'
import { readDisplay } from '../rules/display.ts'
import type { Encoded } from './encodings.ts'

/** Which page was last shown at an address, and when the database last said that it is still the right one. */
interface Shown {
  key: string
  /** By the clock of `performance`. */
  at: number
}

/** Room is taken as it is needed: `max` would take it all at the start. */
const upTo20000 = { maxSize: 20_000, sizeCalculation: () => 1 }

/**
 * What may go on being shown while the database is away: no page that is older than `keptFor`, and none from before the
 * last change that this node knows of, whether it made it itself or saw it on another page.
 */
export class ShownPages {
  readonly #shown = new LRUCache<string, Shown>(upTo20000)
  readonly #revisions = new LRUCache<string, number>(upTo20000)
  readonly #ownChange: () => number
  readonly #keptFor: number
  #seenChange = Number.NEGATIVE_INFINITY

  constructor(ownChange: () => number, keptFor: number) {
    this.#ownChange = ownChange
    this.#keptFor = keptFor
  }

  /** @param first of what the page follows from: a consultation's id and revision, where it is one's */
  note(request: FastifyRequest, key: string, first: unknown): void {
    const at = request.begunAt
    const address = addressOf(request)
    const [id, revision] = Array.isArray(first) ? first : []
    const isOther = this.#shown.has(address) && this.#shown.peek(address)?.key !== key
    if (isOther || this.#isNew(id, revision)) this.#seenChange = Math.max(this.#seenChange, at)
    this.#shown.set(address, { key, at })
  }

  /** null where nothing may be shown. */
  lastAt(request: FastifyRequest): Shown | null {
    const last = ['GET', 'HEAD'].includes(request.method) ? this.#shown.get(addressOf(request)) : undefined
    if (!last || performance.now() - last.at > this.#keptFor) return null
    return last.at > this.#ownChange() && last.at >= this.#seenChange ? last : null
  }

  #isNew(id: unknown, revision: unknown): boolean {
    if (typeof id !== 'string' || typeof revision !== 'number') return false
    const known = this.#revisions.get(id)
    this.#revisions.set(id, Math.max(known ?? revision, revision))
    return known !== undefined && revision > known
  }
}

/** Sends a kept page, marked as such: in words where it is one to be read, else in its headers. */
export function sendKept(reply: FastifyReply, { type, identity }: Encoded, at: number): FastifyReply {
  const age = performance.now() - at
  reply
    .code(200)
    .header('cache-control', 'no-store')
    .header('age', Math.floor(age / 1000))
    .header('warning', '110 - "Response is Stale"')
    .type(type)
  if (!type.startsWith('text/html')) return reply.send(identity.bytes)
  const since = shanghaiMinute(new Date(Date.now() - age))
  const { lang } = readDisplay(reply.request.query)
  const said =
    lang === 'en'
      ? `The database does not answer at the moment. This page is as it was at ${since}; nothing can be sent or looked up yet.`
      : `数据库暂时没有响应。本页是 ${since} 的内容，现在还不能提交和查询，请稍后再试。`
  const note = `<p class="banner" role="status"${lang === 'en' ? ' lang="en"' : ''}>${said}</p>`
  return reply.send(identity.bytes.toString().replace(/<body[^>]*>/, (tag) => tag + note))
}

function addressOf({ protocol, host, url }: FastifyRequest): string {
  return `${protocol}://${host}${url}`
}
