import { desc, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { evidenceProblems } from '../../../db/queries/evidence/evidence-check.ts'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { comments, log, submissions, versions } from '../../../db/schema/index.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { sharedPortal } from '../../shared-portal.ts'
import { type SignedIn, signIn } from '../../staff.ts'

let portal: TestPortal
let moderator: SignedIn
let colleague: SignedIn
let at: string
let code: string
let entered = 0

sharedPortal(async () => {
  portal = await buildTestApp()
  moderator = await signIn(portal, 'moderator')
  colleague = await signIn(portal, 'moderator')
  await colleague.get('/moderation')
  return portal
})

const first = { clause: 'p7', stance: 'support', body: '来信建议把护公培训写进去' }
const second = { clause: 'p8', stance: 'support', body: '来信赞成这一条的写法' }

beforeEach(async () => {
  portal.clock.now = new Date('2026-11-23T02:00:00Z')
  await moderator.get('/moderation/offline')
  const receipt = await moderator.post('/moderation/offline?consultation=shanxi-laoqu', {
    ...{ channel: 'letter', received_on: '2026-11-20', reference: '', name: '王秀英' },
    ...{ comments: [first, second], key: `entry-${++entered}` },
  })
  expect(receipt.statusCode, receipt.body).toBe(201)
  code = /id="receipt-code">([^<]+)</.exec(receipt.body)?.[1] ?? ''
  const [submission] = await portal.db.query.select().from(submissions).orderBy(desc(submissions.id))
  at = `/moderation/offline/letters/${submission?.receiptNumber}`
})

const own = async () => {
  const [submission] = await portal.db.query.select().from(submissions).orderBy(desc(submissions.id))
  return portal.db.query
    .select()
    .from(comments)
    .where(eq(comments.submissionId, submission?.id ?? ''))
    .orderBy(comments.number)
}
const corrected = {
  clause: 'p9',
  stance: 'amend',
  body: '来信建议把护工培训写进去',
  proposal: '',
  wording: '',
  quote: '',
}
const send = async (words: object, { who = moderator, version = '1', place = 0 } = {}) => {
  const comment = (await own())[place]?.publicId
  await who.get('/moderation/offline')
  return who.post(at, { comment, version, comments: { [place]: words } })
}
const holds = async () => {
  expect(await wrongCounts(portal.db)).toEqual([])
  expect(await evidenceProblems(portal.db, portal.deps.seals)).toEqual([])
}

test('whoever entered a letter puts clause, kind and slips right, and what was entered before is kept', async () => {
  expect((await moderator.get('/moderation/offline')).body).toContain(at)
  expect((await moderator.get(at)).body).toContain('护公培训')
  expect((await send(corrected)).statusCode).toBe(303)
  const [now] = await own()
  expect(now).toMatchObject({
    clause: 'p9',
    stance: 'amend',
    body: corrected.body,
    version: 2,
    state: 'pending',
  })
  const [before] = await portal.db.query
    .select()
    .from(versions)
    .where(eq(versions.commentId, now?.id ?? ''))
  expect(before).toMatchObject({ ...first, version: 1 })
  const [entry] = await portal.db.query
    .select()
    .from(log)
    .where(eq(log.act, 'submission.correct'))
    .orderBy(desc(log.number))
  expect(entry).toMatchObject({
    staffId: moderator.id,
    detail: {
      version: 2,
      before: { clause: 'p7', stance: 'support' },
      after: { clause: 'p9', stance: 'amend' },
    },
  })
  await holds()
  // Again, and the other comment of it; its author reads on the receipt what stands.
  expect((await send({ ...corrected, clause: 'p7' }, { version: '2' })).statusCode).toBe(303)
  expect((await send({ ...second, clause: 'draft' }, { place: 1 })).statusCode).toBe(303)
  await holds()
  const status = await portal.app.inject({
    method: 'POST',
    url: '/receipts',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ code }).toString(),
  })
  expect(status.body).toContain('护工培训')
})

test('a clause that somebody changes past the portal is found, before a correction and after it', async () => {
  expect((await send(corrected)).statusCode).toBe(303)
  const [comment] = await own()
  for (const [table, key] of [
    [comments, comments.id],
    [versions, versions.commentId],
  ] as const) {
    const was = await portal.db.query
      .select()
      .from(table)
      .where(eq(key, comment?.id ?? ''))
    await portal.db.query
      .update(table)
      .set({ clause: 'p3' })
      .where(eq(key, comment?.id ?? ''))
    expect(await evidenceProblems(portal.db, portal.deps.seals)).not.toEqual([])
    await portal.db.query
      .update(table)
      .set({ clause: was[0]?.clause ?? '' })
      .where(eq(key, comment?.id ?? ''))
  }
  await holds()
})

test('nobody else corrects it, and what is wrong is told with all that was typed', async () => {
  const foreign = await colleague.get(at)
  expect(foreign.statusCode).toBe(404)
  expect((await send(corrected, { who: colleague })).statusCode).toBe(404)
  const wrong = await send({ ...corrected, clause: 'p99', body: '这一句要留下来' })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('这一句要留下来')
  expect((await own())[0]).toMatchObject(first)
})

test('who comes second sees both, and once it is decided nothing is corrected any more', async () => {
  expect((await send(corrected)).statusCode).toBe(303)
  const late = await send({ ...corrected, body: '后来填写的一句话' })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('后来填写的一句话')
  expect(late.body).toContain(corrected.body)
  const [comment] = await own()
  const ruling = { admission: 'admitted', publication: 'published', version: '2' }
  await colleague.get('/moderation')
  expect(
    (await colleague.post(`/moderation/comments/${comment?.publicId}/decision`, ruling)).statusCode,
  ).toBe(303)
  const decided = await send({ ...corrected, body: '决定以后的一句话' }, { version: '2' })
  expect(decided.statusCode).toBe(409)
  expect(decided.body).toContain('已经有了审核决定')
  expect(decided.body).toContain('决定以后的一句话')
  expect((await own())[0]).toMatchObject({ body: corrected.body })
  await holds()
})

test('a letter that came late is late on the clause that is right', async () => {
  portal.clock.now = new Date('2027-01-10T02:00:00Z')
  moderator = await signIn(portal, 'moderator')
  await moderator.get('/moderation/offline')
  await moderator.post('/moderation/offline?consultation=shanxi-laoqu', {
    ...{ channel: 'letter', received_on: '2027-01-04', reference: '', name: '' },
    ...{ comments: [first], key: `late-${entered}` },
  })
  const [submission] = await portal.db.query.select().from(submissions).orderBy(desc(submissions.id))
  at = `/moderation/offline/letters/${submission?.receiptNumber}`
  expect((await send(corrected)).statusCode).toBe(303)
  await holds()
})
