import { AsyncLocalStorage } from 'node:async_hooks'
import diagnostics from 'node:diagnostics_channel'
import { NoopLogger } from 'drizzle-orm/logger'
import type { FastifyInstance } from 'fastify'
import type { Database } from '../db/database.ts'

/* What each request of a test asks of the database, on either engine: what a request reads, it reads once. */

interface Asked {
  statements: string[]
  /** Since it last wrote: what a request reads after that may be other than before. */
  read: Set<string>
  tellTwice: (statement: string) => void
}

const request = new AsyncLocalStorage<Asked | null>()
/** When a test last wrote past the lists of the portal, which tell what they change. */
let lastWrite = Number.NEGATIVE_INFINITY
const requestsTo = new WeakMap<FastifyInstance, { last: Asked | null; twice: string[] }>()

// The sessions of both engines tell their logger of every statement before it runs.
Object.assign(NoopLogger.prototype, { logQuery: hear })

diagnostics.subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: FastifyInstance }
  const requests: { last: Asked | null; twice: string[] } = { last: null, twice: [] }
  requestsTo.set(fastify, requests)
  fastify.addHook('onRequest', ({ method, url }, _, done) => {
    const tellTwice = (statement: string) => {
      if (!isArchive(url)) requests.twice.push(`${method} ${url}: ${statement}`)
    }
    requests.last = { statements: [], read: new Set(), tellTwice }
    request.run(requests.last, done)
  })
})

/** It is made of papers, each of which streams what it is about: to keep all of that for the next would take too much memory. */
function isArchive(url: string): boolean {
  return /\.zip(\?|$)/.test(url)
}

function hear(sql: string, params: unknown[]): void {
  const asked = request.getStore()
  const isRead = /^(select|with) /i.test(sql)
  if (asked === undefined && !isRead) lastWrite = performance.now()
  if (!asked) return
  for (const listener of listeners) listener({ sql, params })
  const statement = `${sql} ${JSON.stringify(params)}`
  asked.statements.push(statement)
  if (!isRead) asked.read.clear()
  else if (asked.read.has(statement)) asked.tellTwice(statement)
  else asked.read.add(statement)
}

/**
 * The same database; that it runs a list of writes is heard as one, whatever is in the list. What a test writes by itself
 * counts as a change that the portal made.
 */
export function heard(db: Database): Database {
  return {
    ...db,
    lastChange: () => Math.max(db.lastChange(), lastWrite),
    atomically: (build) => {
      hear('a list of writes', [])
      return request.run(null, () => db.atomically(build))
    },
  }
}

type Listener = (run: { sql: string; params: unknown[] }) => void
const listeners = new Set<Listener>()

/** Has each statement that a request runs told to a listener, but for lists of writes. @returns what ends it */
export function listenToStatements(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The statements that the last request ran, a list of writes as one. */
export function statementsOfLast(app: FastifyInstance): string[] {
  return requestsTo.get(app)?.last?.statements ?? []
}

/** As if something that the public sees had changed: nothing goes on being right that was read before. */
export function forgetReadings(): void {
  lastWrite = performance.now()
}

/** What requests have read twice. */
export function readTwice(app: FastifyInstance): string[] {
  return requestsTo.get(app)?.twice ?? []
}
