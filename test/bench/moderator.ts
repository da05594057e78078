import { randomBytes } from 'node:crypto'
import { sign } from '@fastify/cookie'
import { asc, eq } from 'drizzle-orm'
import { beginSession } from '../../db/queries/staff/sessions.ts'
import { addStaff } from '../../db/queries/staff/staff.ts'
import { comments } from '../../db/schema/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { storedSessionId } from '../../server/plugins/session-store.ts'
import { everywhere } from '../../server/rules/staff/roles.ts'
import type { Posted } from './requests.ts'

/** What the browser of a new moderator sends with everything, as signing in would have left it. */
export async function moderatorsCookie({ db, seals }: Dependencies): Promise<string> {
  const now = new Date()
  const grants = [{ role: 'moderator' as const, consultationId: everywhere }]
  const member = { name: '审核员', passwordHash: '', totpSecret: '', grants }
  const staffId = await addStaff(db, seals, member, { staffId: null, now })
  const id = randomBytes(24).toString('base64url')
  await beginSession(db, { id: storedSessionId(seals, id), staffId, agent: '', data: '{}' }, now)
  return `staff=${encodeURIComponent(sign(id, seals.hash('session cookie', 'secret')))}`
}

/** A decision on each of so many waiting comments, all published, in the order of the queue. */
export async function decisions(
  { db }: Dependencies,
  address: string,
  cookie: string,
  most: number,
): Promise<Posted[]> {
  const opened = await (await fetch(`${address}/moderation`, { headers: { cookie } })).text()
  const token = /name="_csrf" value="([^"]+)"/.exec(opened)?.[1] ?? ''
  const ruling = { _csrf: token, admission: 'admitted', publication: 'published', version: '1' }
  const body = new URLSearchParams(ruling).toString()
  const waiting = await db.query
    .select({ publicId: comments.publicId })
    .from(comments)
    .where(eq(comments.state, 'pending'))
    .orderBy(asc(comments.createdDay), asc(comments.publicId))
    .limit(most)
  return waiting.map(({ publicId }) => ({
    path: `/moderation/comments/${publicId}/decision`,
    key: publicId,
    body,
  }))
}
