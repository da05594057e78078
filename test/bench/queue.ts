import { asc } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { generateSync } from 'otplib'
import type { Database } from '../../db/database.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import {
  appeals,
  campaignMembers,
  campaigns,
  claims,
  comments,
  examinations,
  intakes,
} from '../../db/schema/index.ts'
import { buildApp } from '../../server/app.ts'
import { hashPassword } from '../../server/credentials/passwords.ts'
import { newTotpSecret } from '../../server/credentials/second-factor.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { fillInto } from './million.ts'

const together = 1000
const password = '一条足够长的测试密码 2026'
const hour = 60 * 60 * 1000

/** The moderator who looks at the queue. */
interface Reader {
  name: string
  totpSecret: string
}

/**
 * Fills an empty database with this many waiting comments: every 20th with personal data that nobody has judged, every 20th
 * in a campaign, every 100,000th appealed, every 10,000th late, one claimed.
 */
export async function fillQueue({ db, seals, now: clock }: Dependencies, count: number): Promise<Reader> {
  const { id: consultationId } = await fillInto(db, count, 'pending')
  const now = clock()
  const totpSecret = newTotpSecret()
  const passwordHash = await hashPassword(password)
  const grants = [{ role: 'moderator' as const, consultationId: '*' }]
  const staffId = await addStaff(
    db,
    seals,
    { name: '审核员', passwordHash, totpSecret, grants },
    { staffId: null, now },
  )
  const ids = (await db.query.select({ id: comments.id }).from(comments).orderBy(asc(comments.id))).map(
    ({ id }) => id,
  )
  const every = (nth: number, rest: number) => ids.filter((_, i) => i % nth === rest)
  const found = new Set(every(20, 3))
  const examined = { version: 1, spans: [], flagged: [], revision: 1, createdAt: now }
  await insertAll(ids, (some) =>
    db.query
      .insert(examinations)
      .values(some.map((commentId) => ({ ...examined, commentId, unhandled: found.has(commentId) ? 1 : 0 }))),
  )
  await fillCampaigns(db, consultationId, every(20, 7), now)
  await insertAll(every(100_000, 99_999), (some) =>
    db.query
      .insert(appeals)
      .values(some.map((commentId) => ({ commentId, grounds: '', review: 1, createdAt: now }))),
  )
  const late = { receivedOn: '2026-12-30', reference: null, late: true, onBehalf: false, staffId }
  await insertAll(every(10_000, 9_999), (some) =>
    db.query.insert(intakes).values(some.map((submissionId) => ({ ...late, submissionId, createdAt: now }))),
  )
  const until = new Date(now.getTime() + 100 * hour)
  await db.query.insert(claims).values({ commentId: ids.at(-1) ?? '', staffId, until })
  return { name: '审核员', totpSecret }
}

async function fillCampaigns(
  db: Database,
  consultationId: string,
  ids: string[],
  createdAt: Date,
): Promise<void> {
  const size = 500
  for (let done = 0; done < ids.length; done += size) {
    const some = ids.slice(done, done + size)
    const representativeId = some[0] ?? ''
    const id = representativeId
    const values = { id, consultationId, representativeId, count: some.length, createdAt }
    await db.query.insert(campaigns).values(values)
    const member = { campaignId: id, similarity: 1000, identical: true, takenOut: false }
    await db.query.insert(campaignMembers).values(some.map((commentId) => ({ ...member, commentId })))
  }
}

async function insertAll(ids: string[], insert: (some: string[]) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < ids.length; done += together) await insert(ids.slice(done, done + together))
}

/** How long the queue's page takes, in milliseconds, by the address: its first page and one far behind. */
export async function timeQueue(
  deps: Dependencies,
  reader: Reader,
): Promise<{ address: string; milliseconds: number }[]> {
  const app = await buildApp(deps)
  const headers = { cookie: await signIn(app, reader, deps.now()) }
  const [middle] = await deps.db.query
    .select({ id: comments.publicId })
    .from(comments)
    .orderBy(asc(comments.createdDay), asc(comments.publicId))
    .limit(1)
    .offset(Math.floor((await deps.db.query.$count(comments)) / 2))
  const timed = []
  for (const query of queries) {
    for (const place of ['', `after=${middle?.id}`]) {
      const address = `/moderation?${[query, place].filter((part) => part !== '').join('&')}`
      await app.inject({ url: address, headers })
      const began = performance.now()
      const { statusCode, body } = await app.inject({ url: address, headers })
      const milliseconds = performance.now() - began
      if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}: ${body.slice(0, 200)}`)
      timed.push({ address: address.replace(/after=.*/, 'after=…'), milliseconds })
    }
  }
  await app.close()
  return timed
}

const queries = [
  '',
  'only=personal',
  'only=campaign',
  'only=appealed',
  'only=late',
  'only=after_closing',
  'only=mine',
  'clause=p7',
  'stance=amend',
  'stance=oppose',
  'state=published',
  'clause=p7&stance=amend&only=personal',
]

/** @returns the cookie of the browser in which the reader has signed in */
async function signIn(app: FastifyInstance, { name, totpSecret }: Reader, now: Date): Promise<string> {
  const opened = await app.inject('/staff/sign-in')
  const payload = new URLSearchParams({
    _csrf: /name="_csrf" value="([^"]+)"/.exec(opened.body)?.[1] ?? '',
    name,
    password,
    code: generateSync({ secret: totpSecret, epoch: Math.floor(now.getTime() / 1000) }),
  })
  const signedIn = await app.inject({
    method: 'POST',
    url: '/staff/sign-in',
    payload: payload.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: cookieOf(opened) },
  })
  return cookieOf(signedIn)
}

function cookieOf(response: { headers: Record<string, unknown> }): string {
  const [set] = [response.headers['set-cookie']].flat()
  return typeof set === 'string' ? (set.split(';', 1)[0] ?? '') : ''
}
