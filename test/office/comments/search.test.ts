import { afterEach, beforeEach, expect, test } from 'vitest'
import { readingCells } from '../../../db/queries/comments/aggregates.ts'
import { type Consultation, findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToJudge } from '../../../db/queries/moderation/comment-to-judge.ts'
import { decide } from '../../../db/queries/moderation/decisions.ts'
import { examinationOf } from '../../../db/queries/moderation/examinations.ts'
import { restoreOriginal } from '../../../db/queries/moderation/originals.ts'
import { reopen } from '../../../db/queries/moderation/reviews.ts'
import { reviseComment } from '../../../db/queries/receipts/receipt-acts.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { staffIndexing } from '../../../server/jobs/staff-search.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { doSome, strict } from '../../jobs/doing.ts'
import { meanwhile } from '../../meanwhile.ts'
import { aComment } from '../../moderation/comments.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { amendment, type Said, say } from '../filled-consultation.ts'

let portal: TestPortal
let consultation: Consultation
let drafter: SignedIn
const office = '/office/shanxi-laoqu'

beforeEach(async () => {
  portal = await buildTestApp()
  const found = await findConsultation(portal.db, 'shanxi-laoqu')
  if (!found) throw new Error('the seed is not there')
  consultation = found
  drafter = await signIn(portal, 'drafter')
})
afterEach(() => portal.close())

async function countOf(words: string): Promise<number> {
  const cells = await readingCells(portal.db, consultation.id, { ...everything, words })
  return cells.reduce((sum, { count }) => sum + count, 0)
}

async function judged(publicId: string) {
  const comment = await commentToJudge(portal.db, publicId)
  if (!comment) throw new Error('the comment is not there')
  return comment
}

async function publish(publicId: string): Promise<void> {
  const comment = await judged(publicId)
  const seen = await examinationOf(portal.db, portal.deps.seals, comment)
  const ruling = {
    admission: 'admitted' as const,
    publication: 'published' as const,
    reason: null,
    note: null,
    transferred: false,
    version: comment.version,
  }
  const deciders = { staffId: drafter.id, agreedBy: null }
  await decide(portal.db, portal.deps.seals, comment, ruling, seen, deciders, portal.clock.now)
}

test('what came in is found by its words and by the wording it proposes, and shown lit', async () => {
  await aComment(portal, { body: '请写明办理时限。', clause: 'p7' })
  await aComment(portal, { body: '建议修改。', proposal: 'amend', wording: '办理时限为十日', clause: 'p8' })
  await aComment(portal, { body: '与此无关。', clause: 'p8' })
  expect(await countOf('时限')).toBe(0)
  await followOnce(portal.deps, strict)
  expect(await countOf('时限')).toBe(2)
  const { body } = await drafter.get(`${office}/comments?words=${encodeURIComponent('办理时限')}`)
  expect(body).toContain('符合条件的意见 <strong>2</strong> 条')
  expect(body).toContain('请写明<mark>办理时限</mark>。')
  expect(body).toContain('<mark>办理时限</mark>为十日')
  expect(body).not.toContain('与此无关')
  expect(body).toContain('value="办理时限"')
  const other = await drafter.get(`${office}/comments?words=${encodeURIComponent('办理时限')}&clause=p8`)
  expect(other.body).toContain('符合条件的意见 <strong>1</strong> 条')
  const none = await drafter.get(`${office}/comments?words=${encodeURIComponent('，。')}`)
  expect(none.body).toContain('没有符合条件的意见')
})

test('a backlog is taken in batch by batch, and nothing twice', async () => {
  for (const body of ['第一条时限', '第二条时限', '第三条时限']) await aComment(portal, { body })
  expect(await doSome(portal.deps, staffIndexing, 2)).toBe(2)
  expect(await doSome(portal.deps, staffIndexing, 2)).toBe(1)
  expect(await doSome(portal.deps, staffIndexing, 2)).toBe(0)
  expect(await countOf('时限')).toBe(3)
})

test('a comment that was revised is found by its new words alone, however late the index follows', async () => {
  const { publicId } = await aComment(portal, { body: '原来写的期限太长。' })
  const { quote: _, ...comment } = await judged(publicId)
  const words = { stance: 'amend', body: '改写为时限太短。', proposal: null, wording: null, quote: null }
  await reviseComment(portal.db, { ...comment, quote: null }, words, portal.clock.now)
  await doSome(portal.deps, staffIndexing)
  expect([await countOf('期限'), await countOf('时限')]).toEqual([0, 1])
  const { quote: __, ...again } = await judged(publicId)
  await reviseComment(
    portal.db,
    { ...again, quote: null },
    { ...words, body: '又改为进度太慢。' },
    portal.clock.now,
  )
  await doSome(portal.deps, staffIndexing)
  expect([await countOf('时限'), await countOf('进度')]).toEqual([0, 1])
})

const many = (count: number, part: Partial<Said>) =>
  Array.from({ length: count }, () => ({ ...amendment, ...part }))

async function rewrite(publicId: string, body: string): Promise<void> {
  const { quote: _, ...comment } = await judged(publicId)
  const words = { stance: 'amend', body, proposal: null, wording: null, quote: null }
  await reviseComment(portal.db, { ...comment, quote: null }, words, portal.clock.now)
}

test('of many that wait none is passed over, where a late one is revised before their turn', async () => {
  await say(portal.db, consultation, many(450, { state: 'pending' }))
  const { publicId } = await aComment(portal)
  await rewrite(publicId, '改写为时限太短。')
  while ((await doSome(portal.deps, staffIndexing)) > 0) {}
  expect(await countOf('时限')).toBe(451)
})

test('what is revised while it is taken in is found by its new words alone, however many come after it', async () => {
  const { publicId } = await aComment(portal, { body: '原来写的期限太长。' })
  await say(portal.db, consultation, many(250, { state: 'withdrawn', body: '' }))
  await say(portal.db, consultation, many(1, {}))
  meanwhile(portal.db, () => rewrite(publicId, '改写为时限太短。'))
  while ((await doSome(portal.deps, staffIndexing)) > 0) {}
  expect([await countOf('期限'), await countOf('时限')]).toEqual([0, 2])
})

test('what was hidden from the drafting office is not found by it, and is again once it is restored', async () => {
  const { publicId } = await aComment(portal, { body: '请打 13812345678 找我，谢谢' })
  await doSome(portal.deps, staffIndexing)
  expect(await countOf('13812345678')).toBe(1)
  await publish(publicId)
  expect([await countOf('13812345678'), await countOf('找我')]).toEqual([0, 1])
  await reopen(portal.db, await judged(publicId), '重看', { staffId: drafter.id, now: portal.clock.now })
  await restoreOriginal(portal.db, portal.deps.seals, await judged(publicId), {
    staffId: drafter.id,
    now: portal.clock.now,
  })
  expect(await countOf('13812345678')).toBe(1)
})
