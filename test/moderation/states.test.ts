import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { aComment } from './comments.ts'

let portal: TestPortal
const people = new Map<string, SignedIn>()
const outsiders = ['drafter', 'department', 'auditor', 'admin'] as const

beforeAll(async () => {
  portal = await buildTestApp()
  for (const role of [...outsiders, 'moderator', 'approver'] as const)
    people.set(role, await signIn(portal, role))
  people.set('elsewhere', await signIn(portal, { role: 'moderator', consultationId: 'another' }))
})
afterAll(() => portal.close())

const publish = { admission: 'admitted', publication: 'published', version: '1' }

async function statusOf(who: string, publicId: string, path: string, fields: object): Promise<number> {
  const browser = people.get(who)
  if (!browser) throw new Error(`nobody is ${who}`)
  await browser.get('/staff/account')
  return (await browser.post(`/moderation/comments/${publicId}/${path}`, fields)).statusCode
}

/** Who may do what to a comment in each state, and what answers. */
describe.each(['pending', 'published', 'withheld', 'refused', 'withdrawn'])('in the state %s', (state) => {
  const isDecided = ['published', 'withheld', 'refused'].includes(state)
  const acts: [path: string, fields: object, moderators: number][] = [
    ['decision', publish, state === 'pending' ? 303 : 409],
    ['claim', {}, 303],
    ['release', {}, 204],
    ['redactions', { text: '时限', kind: 'other', revision: '1' }, state === 'pending' ? 303 : 409],
    ['reopening', { reason: '再看一遍' }, isDecided ? 303 : 409],
    ['original', {}, 404],
    ['restoration', {}, 303],
    ['confirmation', { letter: 'yes' }, 303],
  ]
  test.each(acts)('%s', async (path, fields, expected) => {
    const { publicId } = await aComment(portal, {}, { identity: 'agency', organisation: '某县老促会' })
    await portal.db.query.update(comments).set({ state }).where(eq(comments.publicId, publicId))
    for (const who of [...outsiders, 'elsewhere']) {
      expect([who, await statusOf(who, publicId, path, fields)]).toEqual([who, 403])
    }
    expect(await statusOf('approver', publicId, path, fields)).toBe(path === 'original' ? 404 : 403)
    const [untouched] = await portal.db.query.select().from(comments).where(eq(comments.publicId, publicId))
    expect(untouched?.state).toBe(state)
    expect(await statusOf('moderator', publicId, path, fields)).toBe(expected)
  })
})
