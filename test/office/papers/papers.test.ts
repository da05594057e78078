import { createHash, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { beginCampaign, joinCampaign } from '../../../db/queries/campaigns/grouping.ts'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { publishOutcome } from '../../../db/queries/outcomes/outcome-publication.ts'
import { comments, consultations } from '../../../db/schema/index.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { allText, csvRows, type Files, part, unzip, wordTables } from '../../documents/papers/read-back.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { aConsultation, canaries, everyKind, type Said, say } from '../filled-consultation.ts'

/*
 * Two consultations with comments of every state, stance, identity and channel, one of them with a campaign of seven:
 * every paper and every page is read back and set against the others.
 */
let portal: TestPortal
let drafter: SignedIn
let consultation: Consultation
let ours: string[]
let members: string[]
const foreign = '别的活动的意见'
const formLetter = '请保留村里的卫生室，老人看病不能再走十里山路。'
const clauses = ['draft', 'p1', 'p2', 'p3', 'p4']

beforeAll(async () => {
  portal = await buildTestApp({ now: new Date('2026-12-02T02:00:00Z'), seed: false })
  const { db } = portal
  consultation = await aConsultation(db, 'a')
  ours = await say(db, consultation, everyKind(clauses))
  members = await say(db, consultation, campaign())
  ours.push(...members)
  await joinAll(members)
  const other = await aConsultation(db, 'b')
  await say(
    db,
    other,
    everyKind(['p1']).map((one) => ({ ...one, body: foreign })),
  )
  drafter = await signIn(portal, 'drafter')
  const approver = await signIn(portal, 'approver')
  await drafter.get('/office/a/papers')
  for (const [clause, outcome] of [
    ['p1', 'adopted'],
    ['p2', 'not_adopted'],
  ] as const) {
    const target = { kind: 'reading' as const, filters: { ...everything, clause } }
    const answer = { outcome, reason: '已逐条研究。', summary: `对${clause}的归纳` }
    const id = await draftResponse(db, consultation.id, target, answer, {
      staffId: drafter.id,
      now: portal.clock.now,
    })
    await submitResponse(db, consultation.id, id, { staffId: drafter.id, now: portal.clock.now })
    await approveResponse(db, consultation.id, id, { staffId: approver.id, now: portal.clock.now })
  }
}, 120_000)
afterAll(() => portal.close())

/** Five admitted, of which one is a near copy; one refused and one pending, which no summary counts. */
function campaign(): Said[] {
  const states = ['published', 'published', 'withheld', 'published', 'withheld', 'refused', 'pending']
  return states.map((state, i) => ({
    clause: 'p3',
    stance: 'oppose',
    state,
    identity: 'individual',
    region: null,
    channel: 'web',
    body: i === 3 ? `${formLetter}我母亲去年就是这样走的。` : formLetter,
    wording: null,
  }))
}

async function joinAll(ids: string[]): Promise<void> {
  const texts = await portal.db.query.select().from(comments)
  const [first, ...rest] = ids.map((id) => texts.find((one) => one.publicId === id))
  const campaignId = randomUUID()
  await portal.db.atomically((tx) => (first ? beginCampaign(tx, campaignId, first, portal.clock.now) : []))
  for (const one of rest) {
    if (!first || !one) return expect.unreachable('the campaign was not stored')
    const likeness =
      one.body === first.body ? { similarity: 1, identical: true } : { similarity: 0.72, identical: false }
    await portal.db.atomically((tx) => joinCampaign(tx, campaignId, one, likeness))
  }
}

const manifestOf = (files: Files) => JSON.parse(part(files, 'manifest.json').toString('utf8'))
const idsIn = (body: string) => [...body.matchAll(/id="c-([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '')
const sum = (rows: string[][] | undefined, column: number) =>
  (rows ?? []).reduce((total, row) => total + Number(row[column] ?? 0), 0)

async function files(path: string): Promise<Files> {
  const { statusCode, rawPayload, body } = await drafter.get(path)
  expect(statusCode, body).toBe(200)
  return unzip(rawPayload)
}

/** The comments' ids on a page and all that follow it. */
async function idsOnPages(path: string, next: RegExp): Promise<string[]> {
  const ids: string[] = []
  for (let address: string | undefined = path, pages = 0; address && pages < 20; pages++) {
    const { body } = await drafter.get(address.replaceAll('&amp;', '&'))
    ids.push(...idsIn(body))
    address = next.exec(body)?.[1]
  }
  return ids
}

test('every paper and every page agrees on which comments there are, and how many', async () => {
  const internal = await files('/office/a/papers/archive.zip?header=en')
  const open = await files('/office/a/papers/archive.zip?scope=public&header=en')
  const [manifest, shown] = [manifestOf(internal), manifestOf(open)]
  const cells = await countCells(portal.db, consultation.id)
  const published = cells
    .filter(({ state }) => state === 'published')
    .reduce((total, { count }) => total + count, 0)

  const { received, holds, ...states } = manifest.equation
  expect([received, holds]).toEqual([ours.length, true])
  expect(states).toMatchObject({ published: 23, withheld: 22, refused: 21, pending: 21, withdrawn: 20 })
  for (const by of ['state', 'channel', 'clause', 'stance']) {
    const counts: number[] = Object.values(manifest.counts[by])
    expect([by, counts.reduce((a, b) => a + b, 0)]).toEqual([by, ours.length])
  }

  for (const { name, sha256, bytes } of manifest.files) {
    const file = part(internal, name)
    expect([name, createHash('sha256').update(file).digest('hex'), file.length]).toEqual([
      name,
      sha256,
      bytes,
    ])
  }
  expect(internal.size).toBe(manifest.files.length + 1)

  const rows = csvRows(part(internal, '意见.csv'))
  const ids = rows.map((row) => row.comment_id ?? '')
  expect([...ids].sort()).toEqual([...ours].sort())
  const { sheets } = await readXlsx(part(internal, '意见.xlsx'))
  expect(sheets[1]?.rows.slice(1).map((row) => row[1])).toEqual(ids)
  expect(sheets[0]?.rows.at(-1)?.[3]).toBe(ours.length)
  const data = JSON.parse(part(internal, '意见.json').toString('utf8'))
  expect(data.comments.map((row: { comment_id: string }) => row.comment_id)).toEqual(ids)
  expect(await idsOnPages('/office/a/comments?answered=all', /href="([^"]+)">继续往下读/)).toEqual(ids)
  const { body: overview } = await drafter.get('/office/a')
  expect(overview).toContain(`${ours.length} = 23 + 22 + 21 + 21 + 20`)

  const publicIds = csvRows(part(open, '意见.csv')).map((row) => row.comment_id)
  expect(publicIds).toHaveLength(published)
  expect(shown.equation).toEqual(manifest.equation)
  const annotations = JSON.parse(part(open, '意见（网络批注格式）.jsonld').toString('utf8'))
  expect(annotations.items.map(({ id }: { id: string }) => id.split('/').at(-1))).toEqual(publicIds)
  const onSite = await idsOnPages(
    '/consultations/a/comments',
    /class="pages"[^>]*><a class="button" href="([^"]+)"/,
  )
  expect([...onSite].sort()).toEqual([...publicIds].sort())
})

test('what the public takes away has no inner id, no hour of a comment, and no order in which they came', async () => {
  const open = await files('/office/a/papers/archive.zip?scope=public')
  const texts = (await Promise.all([...open].map(([name, file]) => allText(name, file)))).join('\n')
  const inner = await portal.db.query.select({ id: comments.id }).from(comments)
  expect(inner.filter(({ id }) => texts.includes(id))).toEqual([])
  // All came in at five past five of Greenwich, five past one of Shanghai; that a file was made just now it may say.
  const madeAt = /<dcterms:(created|modified)[\s\S]*?<\/dcterms:\1>/g
  expect(texts.replaceAll(madeAt, '')).not.toMatch(/17:05|01:05/)
  const listed = csvRows(part(open, '同类意见清单.csv')).map((cells) => cells.意见编号)
  expect(listed).toEqual(listed.toSorted())
})

test('a campaign is one row with its count for each answer, and the list behind names each of it', async () => {
  const internal = await files('/office/a/papers/archive.zip')
  const { sheets } = await readXlsx(part(internal, '意见汇总表.xlsx'))
  const [main, list] = sheets.map(({ rows }) =>
    rows.slice(1).map((cells) => cells.map((cell) => String(cell ?? ''))),
  )
  expect(sum(main, 5)).toBe(45)
  const [printed] = await wordTables(part(internal, '意见汇总表.docx'))
  expect(sum(printed, 4)).toBe(45)
  const alike = printed?.filter((cells) => cells[2]?.includes('卫生室'))
  expect(alike?.map((cells) => cells.slice(3, 6))).toEqual([
    ['同类意见第 1 组，名单见《同类意见清单》。', '5', '个人 5 人次'],
  ])
  const row = main?.find((cells) => cells[3]?.includes('卫生室'))
  expect(row?.slice(5, 7)).toEqual(['5', '同类意见第 1 组，名单见附表'])
  expect(main?.filter((cells) => cells[3]?.includes('卫生室'))).toHaveLength(1)
  expect(list?.map((cells) => cells[2])).toEqual(members.slice(0, 5))
  expect(list?.map((cells) => cells[6])).toEqual(['首条', '一字不差', '一字不差', '相似 72%', '一字不差'])
  expect(list?.[3]?.[7]).toContain('我母亲去年就是这样走的')
  expect(list?.every((cells) => /^R-/.test(cells[3] ?? ''))).toBe(true)

  const csv = csvRows(part(internal, '意见汇总表.csv'))
  const unquoted = csv.map((cells) => Object.values(cells).map((cell) => cell.replace(/^'/, '')))
  expect(unquoted).toEqual(main)
  expect(csvRows(part(internal, '同类意见清单.csv')).map((cells) => cells.意见编号)).toEqual(
    members.slice(0, 5),
  )

  const outcome = main?.filter((cells) => cells[7] === '采纳') ?? []
  expect(sum(outcome, 5)).toBe(manifestOf(internal).counts.outcome.adopted)
  const [adoption] = await wordTables(part(internal, '意见采纳情况表.docx'))
  const answered = manifestOf(internal).counts.outcome
  expect(sum(adoption, 4)).toBe(answered.adopted + answered.not_adopted)
})

test('no public file holds what is not published, a person, a receipt, or another consultation', async () => {
  for (const [name, file] of await files('/office/a/papers/archive.zip?scope=public')) {
    const text = await allText(name, file)
    for (const canary of [...Object.values(canaries), foreign, '归纳', '已逐条研究']) {
      expect([name, canary, text.includes(canary)]).toEqual([name, canary, false])
    }
    expect(text, name).not.toMatch(/(withheld|refused|pending|withdrawn)的意见/)
    expect(text, name).not.toMatch(/R-[0-9a-f]{12}/)
  }
  for (const [name, file] of await files('/office/a/papers/archive.zip')) {
    const text = await allText(name, file)
    expect([name, text.includes(foreign)]).toEqual([name, false])
    expect([name, text.includes(canaries.name), text.includes(canaries.contact)]).toEqual([
      name,
      false,
      false,
    ])
  }
})

test.each([
  ['after_closing', '2026-12-01T15:59:59.999Z', true],
  ['after_closing', '2026-12-03T15:59:59.999Z', false],
  ['outcome_only', '2026-12-01T15:59:59.999Z', false],
])(
  'a public file follows the policy %s of one that closes %s',
  async (publicationPolicy, closes, isShown) => {
    const { db } = portal
    const { id, slug } = await aConsultation(db, `policy-${crypto.randomUUID().slice(0, 8)}`)
    const facts = { publicationPolicy, closesAt: new Date(closes) }
    await db.query.update(consultations).set(facts).where(eq(consultations.id, id))
    const [one] = everyKind(['p1'])
    if (one) await say(db, { ...consultation, id }, [{ ...one, state: 'published', body: '只此一条' }])
    const open = await files(`/office/${slug}/papers/archive.zip?scope=public`)
    const texts = await Promise.all([...open].map(([name, file]) => allText(name, file)))
    expect(texts.some((text) => text.includes('只此一条'))).toBe(isShown)
  },
)

test('filters narrow the files and their manifest, and leave out what is only right of the whole', async () => {
  const narrowed = await files('/office/a/papers/archive.zip?header=en&clause=p3&stance=oppose&nonsense=1')
  const manifest = manifestOf(narrowed)
  const rows = csvRows(part(narrowed, '意见.csv'))
  expect(manifest.filters).toEqual({ clause: 'p3', stance: 'oppose' })
  expect(manifest.equation.received).toBe(rows.length)
  expect(new Set(rows.map(({ clause, stance }) => `${clause} ${stance}`))).toEqual(new Set(['p3 oppose']))
  const { sheets } = await readXlsx(part(narrowed, '意见.xlsx'))
  expect(sheets[0]?.rows.at(-1)?.[3]).toBe(rows.length)
  expect([...narrowed.keys()].filter((name) => /采纳情况表|情况说明|对照表/.test(name))).toEqual([])
  const [main] = await wordTables(part(narrowed, '意见汇总表.docx'))
  const admitted = rows.filter(({ state }) => state === 'published' || state === 'withheld')
  expect(sum(main, 4)).toBe(admitted.length)
  const { body } = await drafter.get('/office/a/papers?clause=p3&stance=oppose')
  expect(body).toContain('一、（二）、反对')
  expect(body).toContain('comments.csv?scope=internal&amp;clause=p3&amp;stance=oppose')
})

test('once published, the public has the edition as it was published, whatever is answered later', async () => {
  const { db } = portal
  const small = await aConsultation(db, 'published')
  const [one] = everyKind(['p1']).filter(({ state }) => state === 'published')
  if (!one) return expect.unreachable()
  await say(db, small, [one, { ...one, state: 'withheld', body: '仅供参考' }])
  const approver = await signIn(portal, 'approver')
  const target = { kind: 'reading' as const, filters: everything }
  const answer = { outcome: 'adopted' as const, reason: '已吸收。', summary: '两条意见的归纳' }
  const id = await draftResponse(db, small.id, target, answer, { staffId: drafter.id, now: portal.clock.now })
  await submitResponse(db, small.id, id, { staffId: drafter.id, now: portal.clock.now })
  await approveResponse(db, small.id, id, { staffId: approver.id, now: portal.clock.now })
  const numbers = {
    received: 2,
    people: 2,
    admitted: 2,
    states: {},
    channels: {},
    outcomes: { adopted: 2 },
    late: 0,
    endorsements: 0,
  }
  const edition = { number: 1, report: '一、征求意见的情况', numbers, note: null, clauses: ['p1'] }
  const seen = (await findConsultation(db, small.slug)) ?? small
  await publishOutcome(db, seen, edition, { staffId: approver.id, now: portal.clock.now })

  const open = await files('/office/published/papers/archive.zip?scope=public')
  expect(manifestOf(open).left_out).toEqual([])
  const [adoption] = await wordTables(part(open, '意见采纳情况表.docx'))
  expect(adoption).toEqual([['1', '引言', '归纳', '两条意见的归纳', '2', '采纳', '已吸收。']])
  const [summary] = await wordTables(part(open, '意见汇总表.docx'))
  expect(summary?.filter(({ length }) => length > 1).map((cells) => cells[6])).toEqual(['采纳'])
})
