import { asc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { comments } from '../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'
import { type Authors, bound, right, sentBy } from './linker.ts'

const people = 40
const base = '/consultations/shanxi-laoqu'
const publish = { admission: 'admitted', publication: 'published', version: '1' }

let portal: TestPortal
let moderator: SignedIn
let authors: Authors

beforeEach(async () => {
  portal = await buildTestApp()
  authors = await sentBy(portal, people)
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation')
})
afterEach(() => portal.close())

/** Decides on a comment, and answers which one the portal opens next; null behind the last. */
async function decide(publicId: string): Promise<string | null> {
  const { headers } = await moderator.post(`/moderation/comments/${publicId}/decision`, publish)
  return new URL(String(headers.location), 'http://x').searchParams.get('comment')
}

/**
 * What somebody sees appear who looks after each decision: as many comments as the public count says more, in the order in
 * which the file has them.
 */
async function appearing(decideNext: () => Promise<boolean>): Promise<string[]> {
  const seen = new Set<string>()
  for (let goesOn = true; goesOn; ) {
    goesOn = await decideNext()
    const { comments: shown } = JSON.parse((await portal.app.inject(`${base}/comments.json`)).body)
    expect(shown).toHaveLength(seen.size + 1)
    for (const { body } of shown) seen.add(body)
  }
  return [...seen]
}

test('who sees comments appear while a moderator goes through the queue guesses no better than chance', async () => {
  const { body: page } = await moderator.get('/moderation')
  let open = /<li id="row-([^"]+)"/.exec(page)?.[1] ?? null
  const seen = await appearing(async () => {
    open = await decide(open ?? '')
    return open !== null
  })
  expect(right(authors, seen)).toBeLessThanOrEqual(bound)
})

test('were it gone through in the order of arrival, the guesses would be right', async () => {
  const arrived = await portal.db.query
    .select({ publicId: comments.publicId })
    .from(comments)
    .where(eq(comments.state, 'pending'))
    .orderBy(asc(comments.id))
  const seen = await appearing(async () => {
    await decide(arrived.shift()?.publicId ?? '')
    return arrived.length > 0
  })
  expect(right(authors, seen)).toBeGreaterThan(5 * bound)
})
