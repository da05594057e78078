import type { IncomingMessage } from 'node:http'
import type { FastifyReply } from 'fastify'
import { LRUCache } from 'lru-cache'
import { rightFor } from '../../db/lately.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { readDisplay } from '../rules/display.ts'
import type { Encoded } from './encodings.ts'

/** Which page was last shown at an address, and when the database last said that it is still the right one. */
export interface Shown {
  key: string
  /** By the clock of `performance`. */
  at: number
  /** The same moment by the portal's clock, and until when the page says the right thing by it; null where nobody has said. */
  since: number
  until: number | null
  /** Its headers, but for those that follow from how it is encoded: names and values in turn. null where each asking counts. */
  head: readonly string[] | null
  /** The pattern of its address, as the log has it. */
  route: string
  /** As which it is counted when it is fetched; null where it is not. */
  fetched: string | null
}

/** Room is taken as it is needed: `max` would take it all at the start. */
const upTo20000 = { maxSize: 20_000, sizeCalculation: () => 1 }

/** What a page of a consultation follows from: its id and revision, its state, the day, and the millisecond until which those last. */
export type SeenKey = [id: string, revision: number, state: string, day: string, until: number]

/**
 * What may be shown again without asking the database: what it said was right a tenth of a second ago; and while it is
 * away no page that is older than `keptFor`. In both cases none from before the last change that this node knows of,
 * whether it made it itself or saw it on another page.
 */
export class ShownPages {
  readonly #shown = new LRUCache<string, Shown>(upTo20000)
  readonly #revisions = new LRUCache<string, number>(upTo20000)
  readonly #ownChange: () => number
  readonly #keptFor: number
  readonly #isBehindProxy: boolean
  #seenChange = Number.NEGATIVE_INFINITY

  constructor(ownChange: () => number, keptFor: number, isBehindProxy: boolean) {
    this.#ownChange = ownChange
    this.#keptFor = keptFor
    this.#isBehindProxy = isBehindProxy
  }

  /** @param first of what the page follows from: where it is a consultation's, its `SeenKey` */
  note(request: IncomingMessage, page: Omit<Shown, 'until'>, first: unknown): void {
    const { at } = page
    const address = this.#addressOf(request)
    const [id, revision, , , until] = Array.isArray(first) ? first : []
    const isOther = this.#shown.has(address) && this.#shown.peek(address)?.key !== page.key
    if (isOther || this.#isNew(id, revision)) this.#seenChange = Math.max(this.#seenChange, at)
    this.#shown.set(address, { ...page, until: typeof until === 'number' ? until : null })
  }

  /** What was last shown there, while the database is away. null where nothing may be shown. */
  lastAt(request: IncomingMessage): Shown | null {
    return this.#within(this.#keptFor, request)
  }

  /** What is right there still. null where the database has to be asked. */
  rightAt(request: IncomingMessage, now: Date): Shown | null {
    const last = this.#within(rightFor, request)
    if (!last || last.until === null) return null
    return last.since <= now.getTime() && now.getTime() < last.until ? last : null
  }

  #within(milliseconds: number, request: IncomingMessage): Shown | null {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    const last = this.#shown.peek(this.#addressOf(request))
    if (!last || performance.now() - last.at > milliseconds) return null
    return last.at > this.#ownChange() && last.at >= this.#seenChange ? last : null
  }

  /** What the page is asked for by: the address, and what says under which name and whether safely. */
  #addressOf({ url = '', headers, socket }: IncomingMessage): string {
    const asked = `${headers.host}${url}`
    if (!this.#isBehindProxy) return asked
    const { 'x-forwarded-proto': protocol, 'x-forwarded-host': host } = headers
    return JSON.stringify([asked, socket.remoteAddress, protocol, host])
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
