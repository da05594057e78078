import { randomBytes } from 'node:crypto'
import { sign } from '@fastify/cookie'
import { generateSync } from 'otplib'
import qs from 'qs'
import { expect } from 'vitest'
import { beginSession } from '../db/queries/staff/sessions.ts'
import { addStaff } from '../db/queries/staff/staff.ts'
import { hashPassword } from '../server/credentials/passwords.ts'
import { newTotpSecret } from '../server/credentials/second-factor.ts'
import { storedSessionId } from '../server/plugins/session-store.ts'
import { everywhere, type Grant, type Role } from '../server/rules/staff/roles.ts'
import type { TestPortal } from './build.ts'

export const password = '一条足够长的测试密码 2026'
const passwordHash = hashPassword(password)

/** A member of staff and what they sign in with. */
export interface TestMember {
  id: string
  name: string
  totpSecret: string
}

/** Stores a member of staff who has these roles: everywhere, or each where its grant says. */
export async function aMember(portal: TestPortal, ...roles: (Role | Grant)[]): Promise<TestMember> {
  const { db, seals, now } = portal.deps
  const grants = roles.map((role) => (typeof role === 'string' ? { role, consultationId: everywhere } : role))
  const name = `测试${crypto.randomUUID().slice(0, 8)}`
  const totpSecret = newTotpSecret()
  const member = { name, passwordHash: await passwordHash, totpSecret, grants }
  return { id: await addStaff(db, seals, member, { staffId: null, now: now() }), name, totpSecret }
}

/** The authenticator's code at this moment. */
export function codeOf({ totpSecret }: TestMember, now: Date): string {
  return generateSync({ secret: totpSecret, epoch: Math.floor(now.getTime() / 1000) })
}

type Headers = Record<string, string>

/** One person's browser: it keeps its cookies, and puts the token of the last page into what it sends. */
export class StaffBrowser {
  readonly #app: TestPortal['app']
  readonly #cookies = new Map<string, string>()
  csrf = ''

  constructor({ app }: TestPortal) {
    this.#app = app
  }

  /** What it sends with every request. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Keeps a cookie as an answer sets it, whatever comes after its value. */
  keep(set: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    this.#cookies.set(name, value)
  }

  get(url: string, headers: Headers = {}) {
    return this.#ask({ method: 'GET', url, headers })
  }

  /** Sends a form; its fields nest as qs writes them. */
  post(url: string, fields: object, headers: Headers = {}) {
    const payload = qs.stringify({ _csrf: this.csrf, ...fields })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#ask({ method: 'POST', url, payload, headers: { ...form, ...headers } })
  }

  /** Sends a form with a file, as its field `file` where no other is named. */
  send(url: string, file: { name: string; content: Buffer }, fields: object = {}, field = 'file') {
    const form = new FormData()
    const typed = new URLSearchParams(qs.stringify({ _csrf: this.csrf, ...fields }))
    for (const [name, value] of typed) form.append(name, value)
    form.set(field, new Blob([new Uint8Array(file.content)]), file.name)
    return this.#ask({ method: 'POST', url, payload: form, headers: {} })
  }

  async #ask(request: {
    method: 'GET' | 'POST'
    url: string
    payload?: string | FormData
    headers: Headers
  }) {
    const response = await this.#app.inject({
      ...request,
      headers: { cookie: this.cookie, ...request.headers },
    })
    for (const set of [response.headers['set-cookie'] ?? []].flat()) this.keep(set)
    this.csrf = /name="_csrf" value="([^"]+)"/.exec(response.body)?.[1] ?? this.csrf
    return response
  }
}

export type SignedIn = StaffBrowser & TestMember

/** A browser in which a new member of staff with these roles has a session, as signing in would have left it. */
export async function signIn(portal: TestPortal, ...roles: (Role | Grant)[]): Promise<SignedIn> {
  const member = await aMember(portal, ...roles)
  const { db, seals, now } = portal.deps
  const sessionId = randomBytes(24).toString('base64url')
  const session = { id: storedSessionId(seals, sessionId), staffId: member.id, agent: '', data: '{}' }
  await beginSession(db, session, now())
  const browser = new StaffBrowser(portal)
  browser.keep(`staff=${encodeURIComponent(sign(sessionId, seals.hash('session cookie', 'secret')))}`)
  return Object.assign(browser, member)
}

/** The same, signed in on the real page. */
export async function signInOnPage(portal: TestPortal, ...roles: (Role | Grant)[]): Promise<SignedIn> {
  const member = await aMember(portal, ...roles)
  const browser = new StaffBrowser(portal)
  await browser.get('/staff/sign-in')
  const code = codeOf(member, portal.clock.now)
  const response = await browser.post('/staff/sign-in', { name: member.name, password, code })
  expect(response.statusCode, response.body).toBe(303)
  return Object.assign(browser, member)
}
