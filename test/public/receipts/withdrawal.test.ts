import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { desc, eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wrongCounts } from '../../../db/queries/upkeep/recount.ts'
import { wrongIndexes } from '../../../db/queries/upkeep/search-check.ts'
import {
  campaignMembers,
  campaigns,
  clauseWords,
  comments,
  decisions,
  fingerprintBands,
  originals,
  responses,
  submissions,
  versions,
} from '../../../db/schema/index.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { tablesWith } from '../../every-row.ts'
import { strict } from '../../jobs/doing.ts'
import { aComment } from '../../moderation/comments.ts'
import { signIn } from '../../staff.ts'
import { sendForm } from '../forms.ts'

let portal: TestPortal
const office = '/office/shanxi-laoqu'
const letter = '建议明确县级财政对老区乡镇卫生院的补助标准，每年不低于二十万元，并向社会公布使用情况。'
const person = { name: '金丝雀', showName: true, organisation: '金丝雀合作社', contact: '13800138000' }

beforeEach(async () => {
  portal = await buildTestApp()
})
afterEach(() => portal.close())

async function follow(): Promise<void> {
  while (await followOnce(portal.deps, strict)) {}
}

async function publicId(id: string): Promise<string> {
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  return row?.publicId ?? ''
}

async function withdraw({ id, code }: { id: string; code: string }) {
  const comment = await publicId(id)
  const answer = await sendForm(portal.app, '/receipts/withdrawal', { code, comment, confirmed: '1' })
  expect(answer.statusCode).toBe(200)
  return answer.body
}

async function decide(id: string, ruling: object): Promise<void> {
  const moderator = await signIn(portal, 'moderator')
  const [row] = await portal.db.query.select().from(comments).where(eq(comments.id, id))
  await moderator.get(`/moderation?comment=${row?.publicId}`)
  const fields = {
    admission: 'admitted',
    publication: 'published',
    version: row?.version,
    hide: '1',
    ...ruling,
  }
  expect((await moderator.post(`/moderation/comments/${row?.publicId}/decision`, fields)).statusCode).toBe(
    303,
  )
}

test('what a comment said is nowhere once it is withdrawn: its number, clause, stance and times are', async () => {
  const body = '请打13812345678找蝴蝶兰，把时限写明确。'
  const part = { body, wording: '蝴蝶兰的表述', proposal: 'amend' }
  const sent = await aComment(portal, part)
  const status = { code: sent.code, comment: await publicId(sent.id), confirmed: '1' }
  await sendForm(portal.app, '/receipts/revision', {
    ...status,
    'words[stance]': 'amend',
    'words[body]': `${body}蝴蝶兰又说了一遍。`,
  })
  await follow()
  await decide(sent.id, {
    admission: 'refused',
    publication: 'withheld',
    reason: 'off_topic',
    note: '蝴蝶兰的电话',
  })
  await sendForm(portal.app, '/receipts/appeal', { ...status, grounds: '蝴蝶兰请再看一次' })
  await follow()
  expect(await tablesWith(portal.db, /蝴蝶兰/)).toEqual(['appeals', 'comments', 'decisions', 'versions'])
  const [before] = await portal.db.query.select().from(comments)

  const page = await withdraw(sent)
  expect(page).toContain('内容已经删除。')
  expect(page).not.toContain('蝴蝶兰')
  await follow()
  expect(await tablesWith(portal.db, /蝴蝶兰|13812345678/)).toEqual([])
  expect(await portal.db.query.$count(originals)).toBe(0)
  const [after] = await portal.db.query.select().from(comments)
  const { number, clause, stance, createdAt } = before ?? {}
  expect(after).toMatchObject({ number, clause, stance, createdAt, state: 'withdrawn', body: '', version: 2 })
  expect(await portal.db.query.$count(versions)).toBe(1)
  expect(await portal.db.query.select().from(decisions)).toMatchObject([{ reason: 'off_topic', note: null }])
  expect(await wrongIndexes(portal.db)).toEqual([])
  expect(await wrongCounts(portal.db)).toEqual([])

  const auditor = await signIn(portal, 'auditor')
  const drafter = await signIn(portal, 'drafter')
  const moderator = await signIn(portal, 'moderator')
  const paths = [
    [drafter, `${office}/comments?state=withdrawn`, '（提出人已撤回，内容已删除）'],
    [drafter, `${office}/comments.csv?scope=internal`, '（提出人已撤回，内容已删除）'],
    [auditor, '/admin/audit?size=100', '（提出人已撤回，内容已删除）'],
    [moderator, `/moderation?comment=${sent.publicId}`, '提出人已撤回，内容已删除。'],
  ] as const
  for (const [who, path, said] of paths) expect((await who.get(path)).body, path).toContain(said)
})

test('who sent it goes with the last of their comments that stands, and the files with it', async () => {
  const { db, deps } = portal
  const store = new FileStore(deps.config.dataDir, 'attachments')
  const measures = await store.write(Buffer.from('%PDF-1 金丝雀'), 'letter')
  const attachments = [{ id: 'letter', name: '金丝雀来函.pdf', type: 'pdf', ...measures }]
  const words = { clause: 'p7', stance: 'amend', proposal: null, wording: null, quote: null }
  const first = await aComment(
    portal,
    {},
    {
      ...person,
      attachments,
      comments: [
        { ...words, body: '第一条意见' },
        { ...words, body: '第二条意见' },
      ],
    },
  )
  const [second, other] = await db.query.select().from(comments).orderBy(desc(comments.number))
  const file = join(deps.config.dataDir, 'attachments', 'letter')
  await withdraw({ id: second?.id ?? '', code: first.code })
  const [kept] = await db.query.select().from(submissions)
  expect(kept).toMatchObject({ maskedName: '金**', showName: true })
  expect(kept?.name && kept.contact && kept.organisation && kept.payloadHash).toBeTruthy()
  expect(existsSync(file)).toBe(true)

  const page = await withdraw({ id: other?.id ?? '', code: first.code })
  expect(page).not.toContain('金丝雀来函')
  expect(await db.query.select().from(submissions)).toMatchObject([
    { name: null, maskedName: null, showName: false, organisation: null, contact: null, payloadHash: '' },
  ])
  expect(existsSync(file)).toBe(false)
})

test('two who withdraw the last two comments at once leave no name behind', async () => {
  const words = { clause: 'p7', stance: 'amend', proposal: null, wording: null, quote: null }
  const bodies = Array.from({ length: 12 }, (_, i) => ({ ...words, body: `第${i}条意见` }))
  const { code } = await aComment(portal, {}, { ...person, comments: bodies })
  const rows = await portal.db.query.select().from(comments)
  await Promise.all(rows.map(({ id }) => withdraw({ id, code })))
  expect(await portal.db.query.select().from(submissions)).toMatchObject([{ name: null, contact: null }])
})

test('a campaign goes on under its next copy, with its answer, and is not known by what was withdrawn', async () => {
  const { db } = portal
  const [first, second, third] = [
    await aComment(portal, { body: letter }),
    await aComment(portal, { body: letter }),
    await aComment(portal, { body: letter }),
  ]
  await follow()
  const [campaign] = await db.query.select().from(campaigns)
  expect(campaign).toMatchObject({ representativeId: first.id, count: 3 })
  await withdraw(first)
  expect(await db.query.select().from(campaigns)).toEqual([
    { ...campaign, representativeId: second.id, count: 2 },
  ])
  const bands = await db.query.select().from(fingerprintBands)
  expect(new Set(bands.map(({ commentId }) => commentId))).toEqual(new Set([second.id]))
  const fourth = await aComment(portal, { body: letter })
  await follow()
  const members = await db.query.select().from(campaignMembers).orderBy(campaignMembers.commentId)
  expect(members.map(({ commentId }) => commentId)).toEqual([second.id, third.id, fourth.id])
  expect(await wrongCounts(db)).toEqual([])
})

test('one that stood alone, or with copies that are not the same, leaves no fingerprint', async () => {
  const { db } = portal
  const first = await aComment(portal, { body: letter })
  const near = await aComment(portal, { body: `${letter}请尽快。` })
  await follow()
  expect(await db.query.$count(campaigns)).toBe(1)
  await withdraw(first)
  expect([await db.query.$count(campaigns), await db.query.$count(responses)]).toEqual([0, 0])
  await follow()
  const bands = await db.query.select().from(fingerprintBands)
  expect(new Set(bands.map(({ commentId }) => commentId))).toEqual(new Set([near.id]))
  await withdraw(near)
  await follow()
  expect(await db.query.$count(fingerprintBands)).toBe(0)
})

test('the words of its clause are counted without it', async () => {
  const sent = await aComment(portal, { body: '凤凰岭水库的补偿标准' })
  await decide(sent.id, {})
  const other = await aComment(portal, { body: '凤凰岭水库要修路' })
  await decide(other.id, {})
  await follow()
  expect(await tablesWith(portal.db, /凤凰/)).toEqual(['clause_words', 'comments'])
  await withdraw(sent)
  expect(await portal.db.query.select().from(clauseWords)).toMatchObject([{ words: {} }])
})

test('what is refused as unlawful is sealed for its term, opens by an act that is logged, and is then erased', async () => {
  const sent = await aComment(portal, { body: '一段违法的内容，蝴蝶兰' })
  await decide(sent.id, { admission: 'refused', publication: 'withheld', reason: 'unlawful' })
  portal.clock.now = new Date(portal.clock.now.getTime() + 10 * 24 * 60 * 60_000)
  await withdraw(sent)
  await follow()
  expect(await tablesWith(portal.db, /蝴蝶兰/)).toEqual([])
  const moderator = await signIn(portal, 'moderator')
  await moderator.get(`/moderation?comment=${sent.publicId}`)
  const opened = await moderator.post(`/moderation/comments/${sent.publicId}/original`, {})
  expect(opened.body).toContain('一段违法的内容，蝴蝶兰')

  const term = (days: number) =>
    new Date(new Date('2026-11-23T02:00:00Z').getTime() + days * 24 * 60 * 60_000)
  portal.clock.now = new Date(term(180).getTime() - 1000)
  await follow()
  expect(await portal.db.query.$count(originals)).toBe(1)
  portal.clock.now = new Date(term(180).getTime() + 1000)
  await follow()
  expect(await portal.db.query.$count(originals)).toBe(0)
  expect(await tablesWith(portal.db, /comment.erase_record/)).toEqual(['log'])
})

test('what was withdrawn before withdrawing erased anything is erased in the background', async () => {
  const sent = await aComment(portal, { body: '以前撤回的意见，蝴蝶兰' }, person)
  await follow()
  await portal.db.query.update(comments).set({ state: 'withdrawn' }).where(eq(comments.id, sent.id))
  await follow()
  expect(await tablesWith(portal.db, /蝴蝶兰/)).toEqual([])
  expect(await portal.db.query.select().from(submissions)).toMatchObject([{ name: null, contact: null }])
  expect(await wrongIndexes(portal.db)).toEqual([])
})

test('that a comment which waits is taken back shows in no public answer; that a published one is, in the files', async () => {
  const waiting = await aComment(portal, { body: '还在等待审核的意见。' })
  const published = await aComment(portal, { body: '已经公开了的意见。' })
  await decide(published.id, {})
  const base = '/consultations/shanxi-laoqu'
  const seen = async () => {
    const pages = ['', '/clauses/p7', '/comments', '/moderation', '/feed.atom']
    const files = ['/comments.csv', '/comments.json', '/comments.jsonld']
    const answers = []
    for (const path of [...pages, ...files]) {
      const { statusCode, headers, body } = await portal.app.inject(base + path)
      answers.push([path, statusCode, headers.etag, body])
    }
    return answers
  }
  const before = await seen()
  await withdraw(waiting)
  expect(await seen()).toEqual(before)
  await withdraw(published)
  expect(await seen()).not.toEqual(before)
})
