import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BroadcastChannel } from 'node:worker_threads'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { comments, examinations, faults } from '../../db/schema/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { follow, followOnce } from '../../server/jobs/following.ts'
import { TextThread } from '../../server/jobs/text-thread.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { aComment } from '../moderation/comments.ts'
import { signIn } from '../staff.ts'
import { strict } from './doing.ts'
import { endless } from './endless.ts'

let portal: TestPortal
let deps: Dependencies
let channel: BroadcastChannel

beforeEach(async () => {
  portal = await buildTestApp()
  channel = new BroadcastChannel('held')
  deps = { ...portal.deps, texts: new TextThread(new URL('./endless-text-worker.ts', import.meta.url)) }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  vi.useRealTimers()
  channel.close()
  await deps.texts.close()
  await portal.close()
})

/** Lets the budget of whatever is held run out, so many times. */
async function runOut(times = 1): Promise<void> {
  for (let i = 0; i < times; i++) {
    await once(channel, 'message')
    // It may come before the answer that was sent ahead of it, and only then is what is held watched.
    await nextTurn()
    vi.advanceTimersByTime(1_000)
  }
}

function examinationsOf(id: string) {
  return portal.db.query.select().from(examinations).where(eq(examinations.commentId, id))
}

test('while a text is held the portal goes on answering, and the text is known to be unchecked afterwards', async () => {
  const { id } = await aComment(portal, { body: endless, wording: '改为一年' })
  const events: string[] = []
  const held = once(channel, 'message')
  const step = followOnce(deps, strict).then(() => events.push('followed'))
  await held
  const page = await portal.app.inject('/consultations/shanxi-laoqu')
  events.push(`answered ${page.statusCode}`)
  expect(await examinationsOf(id)).toEqual([])
  const others = runOut(1)
  vi.advanceTimersByTime(1_000)
  await others
  await step
  expect(events).toEqual(['answered 200', 'followed'])
  expect(await examinationsOf(id)).toMatchObject([
    {
      unhandled: 2,
      spans: [
        { field: 'body', start: 0, end: 99, kind: 'unchecked', by: 'finder', hidden: null },
        { field: 'wording', start: 0, end: 4, kind: 'unchecked', by: 'finder', hidden: null },
      ],
    },
  ])
})

test('what was not checked is not published before a person has looked, and reads so for the moderator', async () => {
  const { publicId: id, clause } = await aComment(portal, { body: endless })
  await Promise.all([followOnce(deps, strict), runOut(2)])
  vi.useRealTimers()
  const moderator = await signIn(portal, 'moderator')
  const queue = await moderator.get('/moderation?personal=1')
  expect(queue.body).toContain(`row-${id}`)
  const page = await moderator.get(`/moderation?comment=${id}`)
  expect(page.body).toContain('未能自动检查 · 待确认')
  const publish = { admission: 'admitted', publication: 'published', version: '1' }
  expect((await moderator.post(`/moderation/comments/${id}/decision`, publish)).statusCode).toBe(422)
  const mark = { text: '没完没了', which: '2', kind: 'name', revision: '1' }
  expect((await moderator.post(`/moderation/comments/${id}/redactions`, mark)).statusCode).toBe(303)
  for (const [span, revision] of ['0 2', '2 3'].map((seen) => seen.split(' '))) {
    const looked = { span, hidden: 'no', revision }
    expect((await moderator.post(`/moderation/comments/${id}/redactions`, looked)).statusCode).toBe(303)
  }
  expect((await moderator.post(`/moderation/comments/${id}/decision`, publish)).statusCode).toBe(303)
  const shown = await portal.app.inject(`/consultations/shanxi-laoqu/clauses/${clause}`)
  expect(shown.body).toContain('没完没了，▇▇（姓名）')
})

test('the texts beside it are worked on by a thread that takes its place', async () => {
  const ids: string[] = []
  for (const body of ['请打 13812345678 找我', endless, '请打 13812345679 找我']) {
    ids.push((await aComment(portal, { body })).id)
  }
  const following = async () => {
    while (await followOnce(deps, strict));
    await followOnce(deps, strict)
  }
  await Promise.all([following(), runOut(2)])
  const found = await portal.db.query.select().from(examinations)
  const kinds = new Map(found.map(({ commentId, spans }) => [commentId, spans.map(({ kind }) => kind)]))
  expect(ids.map((id) => kinds.get(id))).toEqual([['mobile'], ['unchecked'], ['mobile']])
  expect(await portal.db.query.$count(comments, eq(comments.id, ids[1] ?? ''))).toBe(1)
  const compared = await portal.db.query.select({ at: comments.comparedAt }).from(comments)
  expect(compared.filter(({ at }) => at === null)).toEqual([])
})

test('a portal that stops waits for no text, and blames none', async () => {
  const { id } = await aComment(portal, { body: endless })
  const held = once(channel, 'message')
  const stop = follow(deps, strict)
  await held
  await stop()
  expect(await examinationsOf(id)).toEqual([])
  expect(await portal.db.query.$count(faults)).toBe(0)
})
