import { buffer } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { progressOf } from '../../../../db/queries/answers/progress.ts'
import { draftResponse } from '../../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../../db/queries/answers/responses.ts'
import { beginCampaign, joinCampaign, texted } from '../../../../db/queries/campaigns/grouping.ts'
import type { Consultation } from '../../../../db/queries/consultations/consultations.ts'
import { makeConcern } from '../../../../db/queries/points/worded-concerns.ts'
import { comments } from '../../../../db/schema/index.ts'
import { clausePlaces } from '../../../../server/documents/papers/clause-places.ts'
import { countsOf } from '../../../../server/documents/papers/outcomes/outcome-figures.ts'
import { findPaper } from '../../../../server/documents/papers/papers.ts'
import type { Outcome } from '../../../../server/rules/answers/responses.ts'
import { everything } from '../../../../server/rules/comments/reading-filters.ts'
import type { PaperScope } from '../../../../server/rules/papers/scopes.ts'
import { freshDatabase, type TestDatabase } from '../../../database.ts'
import {
  aConsultation,
  amendment,
  canaries,
  drafterAndApprover,
  say,
  seals,
} from '../../../office/filled-consultation.ts'
import { partInto } from '../../../office/parted-comment.ts'
import { part, unzip, wordTables } from '../read-back.ts'

let database: TestDatabase
let consultation: Consultation
const now = new Date('2026-12-02T02:00:00Z')
const drafter = { staffId: 'drafter', now }
const sentence = '建议写明时限'
const copied = '请给老区乡村教师提高补贴，留住人才。'
/** More single ones than are printed of a clause. */
const many = 60

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  await drafterAndApprover(db, now)
  consultation = await aConsultation(db, 'a')
  const [letter = '', short = '', unit = '', thanks = '', answered = '', ...others] = await say(
    db,
    consultation,
    [
      { ...amendment, clause: 'p2', body: '请写明时限。𠮷县要修路。谢谢。', wording: '三十日内办结' },
      { ...amendment, clause: 'p2', body: '时限要写明，不能让群众一直等下去。' },
      { ...amendment, clause: 'p2', body: '写明办理时限。', identity: 'enterprise' },
      { ...amendment, clause: 'p3', body: '谢谢大家。' },
      { ...amendment, clause: 'p3', body: '先易后难很好。', state: 'withheld' },
      ...Array(3).fill({ ...amendment, clause: 'p3', body: copied }),
      { ...amendment, clause: 'p2', body: '没有审的话。', state: 'pending' },
      { ...amendment, clause: 'draft', body: '应当及时公布结果。', wording: '每年公布一次' },
      ...Array.from({ length: many }, (_, i) => ({ ...amendment, clause: 'p4', body: `第${i + 1}户的话。` })),
    ],
  )
  const [time = ''] = await partInto(
    db,
    consultation.id,
    letter,
    [
      { start: 0, end: 6, clause: 'p2' },
      { start: 6, end: 12, clause: 'p3' },
    ],
    now,
  )
  await partInto(
    db,
    consultation.id,
    thanks,
    [{ start: 0, end: 5, clause: 'p3', kind: 'no_proposal', reason: 'courtesy' }],
    now,
  )
  const facts = { sentence, clause: 'p2', themeId: null, departmentId: null }
  const picked = { pointIds: [time], comments: [short, unit] }
  const concern = await makeConcern(db, consultation.id, facts, picked, drafter)
  await answer({ kind: 'concern', id: concern }, 'adopted', sentence)
  await answer({ kind: 'comments', ids: [answered] }, 'explained', null)
  await alike(others.slice(0, 3))
})
afterAll(() => database.drop())

async function answer(target: Parameters<typeof draftResponse>[2], outcome: Outcome, summary: string | null) {
  const { db } = database
  const said = { outcome, reason: `${outcome}的理由。`, summary }
  const id = await draftResponse(db, consultation.id, target, said, drafter)
  await submitResponse(db, consultation.id, id, drafter)
  await approveResponse(db, consultation.id, id, { staffId: 'approver', now })
}

async function alike(publicIds: string[]) {
  const { db } = database
  const found = await Promise.all(
    publicIds.map(async (id) => {
      const [row] = await db.query.select(texted).from(comments).where(eq(comments.publicId, id))
      return row ?? expect.unreachable()
    }),
  )
  const [first = expect.unreachable(), ...copies] = found
  await db.atomically((tx) => [
    ...beginCampaign(tx, 'campaign', first, now),
    ...copies.flatMap((copy) => joinCampaign(tx, 'campaign', copy, { similarity: 1, identical: true })),
  ])
}

async function paper(scope: PaperScope, of = consultation, kind = 'summary') {
  const made = await findPaper(kind, 'docx', scope)?.make({
    ...{
      db: database.db,
      seals,
      consultation: of,
      scope,
      header: 'zh',
      now,
      origin: '',
      filters: everything,
    },
    ...{ places: await clausePlaces(database.db, of.id), dataDir: '', read: () => {}, marked: () => {} },
  })
  return buffer(made ?? expect.unreachable())
}
const rowsOf = async (file: Buffer) => (await wordTables(file))[0] ?? []
const isAcross = (row: string[]) => row.length === 1
const counted = (rows: string[][]) => rows.reduce((sum, row) => sum + Number(row[4] ?? 0), 0)

test('the clause’s text stands once above a row for each concern, campaign and single point', async () => {
  const rows = await rowsOf(await paper('internal'))
  const before = rows.slice(0, rows.findIndex(([, clause]) => clause === '二、（三）') - 1)
  expect(before).toEqual([
    ['全文（本条具体意见 1 条）'],
    ['1', '全文', '本条修改：每年公布一次', '应当及时公布结果。', '1', '金**', '待研究', ''],
    ['原文：（一）指导思想。坚持问计于民，稳步推进。（本条具体意见 3 条）'],
    [
      ...['2', '一、（一）', sentence, '例：“时限要写明，不能让群众一直等下去。”', '3'],
      ...[`${canaries.organisation}\n个人 2 人次`, '采纳', 'adopted的理由。'],
    ],
    ['原文：（二）基本原则。先易后难，公开透明。（本条具体意见 5 条）'],
    [
      '3',
      '一、（二）',
      copied,
      '同类意见第 1 组，名单见《同类意见清单》。',
      '3',
      '个人 3 人次',
      '待研究',
      '',
    ],
    ['4', '一、（二）', '𠮷县要修路。', '', '1', '金**', '待研究', ''],
    ['5', '一、（二）', '先易后难很好。', '', '1', '金**', '已作说明', 'explained的理由。'],
  ])
})

test('every point of what was admitted is counted in one row, as the kept counters have it', async () => {
  const { db } = database
  const rows = await rowsOf(await paper('internal'))
  const { points, admitted, people, submissions } = await countsOf(
    db,
    consultation.id,
    await progressOf(db, consultation.id),
  )
  expect(counted(rows)).toBe(points?.total)
  expect(counted(rows.filter((row) => row[6] === '采纳'))).toBe(points?.outcomes.adopted)
  expect(rows.at(-1)).toEqual([
    `合计：意见 ${admitted} 条（${Number(submissions) - 1} 件，${people - 1} 人次），其中 1 条没有提出具体修改意见；具体意见 ${points?.total} 条，与以上各行“条数”之和一致。`,
  ])
  const across = rows.filter(isAcross).slice(0, -1).join()
  const said = [...across.matchAll(/本条具体意见 (\d+) 条/g)].map(([, count]) => Number(count))
  expect(said.reduce((sum, count) => sum + count, 0)).toBe(points?.total)
})

test('of a clause’s single points as many are printed as it says, and the others in one row', async () => {
  const file = await paper('internal')
  const rows = (await rowsOf(file)).filter(([, clause]) => clause === '二、（三）')
  expect(rows).toHaveLength(51)
  expect(rows.at(-1)?.slice(2, 6)).toEqual([
    ...['其余单条意见 10 条，没有逐条印出，全文见 XLSX 或 CSV。', '', '10', '个人 10 人次'],
  ])
  expect(part(await unzip(file), 'word/document.xml').toString('utf8')).toContain('一个条款至多印出 50 条')
})

test('no row is split over two pages, the header is repeated, and no column is empty', async () => {
  const file = await paper('internal')
  const xml = part(await unzip(file), 'word/document.xml').toString('utf8')
  const rows = xml.match(/<w:tr>.*?<\/w:tr>/gs) ?? []
  expect(rows.filter((row) => !row.includes('<w:cantSplit/>'))).toEqual([])
  expect(rows.filter((row) => row.includes('<w:tblHeader/>'))).toHaveLength(1)
  expect(xml).not.toContain('联系方式')
  const columns = (await rowsOf(file)).filter((row) => !isAcross(row))
  for (const [i] of (columns[0] ?? []).entries()) expect(columns.some((row) => row[i] !== '')).toBe(true)
})

test('before anything is answered there is no column for it', async () => {
  const rows = await rowsOf(await paper('public'))
  expect(new Set(rows.filter((row) => !isAcross(row)).map(({ length }) => length))).toEqual(new Set([7]))
})

test('contacts have a column where they may be known', async () => {
  const file = await paper('personal')
  expect(part(await unzip(file), 'word/document.xml').toString('utf8')).toContain('联系方式')
  const row = (await rowsOf(file)).find(([, , opinion]) => opinion === '𠮷县要修路。')
  expect(row?.slice(5, 7)).toEqual([`${canaries.organisation} ${canaries.name}`, canaries.contact])
})

test('the public is told concerns and answers once the outcome is out, and no organisation by name', async () => {
  const before = await rowsOf(await paper('public'))
  expect(before.flat().join()).not.toMatch(new RegExp(`${sentence}[^，]|的理由|${canaries.organisation}`))
  const after = await rowsOf(await paper('public', { ...consultation, outcomeAt: now }))
  expect(after.find(([, , opinion]) => opinion === sentence)?.slice(4)).toEqual([
    ...['3', '单位 1 个\n个人 2 人次', '采纳', 'adopted的理由。'],
  ])
  expect(after.flat().join()).not.toContain('先易后难很好')
  expect([counted(before), counted(after)]).toEqual([68, 68])
})

test('the annotated draft has a balloon for each concern with its counts, and for single ones as far as it says', async () => {
  const files = await unzip(await paper('internal', consultation, 'draft'))
  const balloons =
    part(files, 'word/comments.xml')
      .toString('utf8')
      .match(/<w:comment .*?<\/w:comment>/gs) ?? []
  const texts = balloons.map((xml) => xml.replace(/<[^>]+>/g, ''))
  expect(texts).toContain(`【归并意见】（具体意见 3 条：${canaries.organisation}；个人 2 人次）${sentence}`)
  expect(texts).toContain(`【修改】【同类意见】（具体意见 3 条：个人 3 人次）${copied}`)
  expect(texts).toContain('【修改】应当及时公布结果。建议表述：每年公布一次')
  expect(texts).toContain('另有单条意见（具体意见 10 条：个人 10 人次），没有逐条批注，全文见意见汇总表。')
  expect(texts.filter((text) => /第\d+户/.test(text))).toHaveLength(50)
})
