import type { Readable } from 'node:stream'
import { buffer, json } from 'node:stream/consumers'
import { parseCsvObjects } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CountCell, countCells, countReceived } from '../../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../../db/queries/consultations/consultations.ts'
import { type ClausePlace, clausePlaces } from '../../../../server/documents/papers/clause-places.ts'
import { commentsCsv, commentsXlsx } from '../../../../server/documents/papers/comments/comment-files.ts'
import { commentsJson } from '../../../../server/documents/papers/comments/comment-json.ts'
import { commentsJsonLd } from '../../../../server/documents/papers/comments/comment-jsonld.ts'
import type { Header, PaperRequest } from '../../../../server/documents/papers/paper-request.ts'
import { reconcile } from '../../../../server/rules/comments/equation.ts'
import { everything } from '../../../../server/rules/comments/reading-filters.ts'
import { stanceNames, stateNames } from '../../../../server/rules/names.ts'
import type { PaperScope } from '../../../../server/rules/papers/scopes.ts'
import { freshDatabase, type TestDatabase } from '../../../database.ts'
import { aConsultation, canaries, everyKind, say, seals } from '../../../office/filled-consultation.ts'

let database: TestDatabase
let consultation: Consultation
let places: ReadonlyMap<string, ClausePlace>
let ours: string[]
const clauses = ['draft', 'p1', 'p2', 'p3', 'p4']

beforeAll(async () => {
  database = await freshDatabase()
  const { db } = database
  consultation = await aConsultation(db, 'a')
  const other = await aConsultation(db, 'b')
  places = await clausePlaces(db, consultation.id)
  ours = await say(db, consultation, everyKind(clauses))
  await say(
    db,
    other,
    everyKind(clauses).map((one) => ({ ...one, body: '别的活动的意见' })),
  )
})
afterAll(() => database.drop())

const request = (of: Consultation, scope: PaperScope, header: Header = 'zh'): PaperRequest => ({
  db: database.db,
  seals,
  consultation: of,
  places,
  scope,
  header,
  now: new Date('2026-12-02T02:00:00Z'),
  origin: 'https://example.gov.cn',
  filters: everything,
  dataDir: '',
  read: () => {},
  marked: () => {},
})
const text = async (file: Promise<Readable>) => (await buffer(await file)).toString('utf8')

async function readCsv(scope: PaperScope) {
  const file = await text(commentsCsv(request(consultation, scope, 'en')))
  return parseCsvObjects(file, { header: true }).data as Record<string, string>[]
}

async function readWorkbook(scope: PaperScope) {
  const file = await commentsXlsx(request(consultation, scope, 'en'))
  const { sheets } = await readXlsx(await buffer(file))
  return sheets.map(({ name, rows: [header = [], ...rows] }) => ({
    name,
    rows: rows.map((row) => Object.fromEntries(header.map((key, i) => [String(key), row[i] ?? '']))),
  }))
}

const tally = (rows: Record<string, unknown>[], by: string) =>
  rows.reduce<Record<string, number>>((counts, row) => {
    const value = String(row[by])
    return Object.assign(counts, { [value]: (counts[value] ?? 0) + 1 })
  }, {})
const tallyOf = (cells: CountCell[], by: 'clause' | 'stance' | 'state') =>
  cells.reduce<Record<string, number>>((counts, cell) => {
    return Object.assign(counts, { [cell[by]]: (counts[cell[by]] ?? 0) + cell.count })
  }, {})

test('page, CSV and XLSX agree on every comment and every count', async () => {
  const { db } = database
  const cells = await countCells(db, consultation.id)
  const csv = await readCsv('internal')
  const [aggregate, comments] = await readWorkbook('internal')
  const json_ = (await json(await commentsJson(request(consultation, 'internal')))) as {
    comments: { comment_id: string }[]
  }

  expect(csv.map((row) => row.comment_id).sort()).toEqual([...ours].sort())
  expect(comments?.rows.map((row) => row.comment_id)).toEqual(csv.map((row) => row.comment_id))
  expect(json_.comments.map((row) => row.comment_id)).toEqual(csv.map((row) => row.comment_id))
  expect(reconcile(await countReceived(db, consultation.id), cells)).toMatchObject({
    received: 100,
    holds: true,
  })
  for (const by of ['clause', 'stance', 'state'] as const) {
    expect(tally(csv, by)).toEqual(tallyOf(cells, by))
    expect(tally(comments?.rows ?? [], by)).toEqual(tallyOf(cells, by))
  }
  for (const row of aggregate?.rows ?? []) {
    const here = row.clause === 'total' ? csv : csv.filter(({ clause }) => clause === row.clause)
    expect(row.received).toBe(here.length)
    for (const stance of Object.keys(stanceNames)) {
      expect(row[`stance_${stance}`]).toBe(here.filter((comment) => comment.stance === stance).length)
    }
    for (const state of Object.keys(stateNames)) {
      expect(row[`state_${state}`]).toBe(here.filter((comment) => comment.state === state).length)
    }
  }
})

test('the workbook opens on the clauses with their text, in document order, regions by city', async () => {
  const [aggregate] = await readWorkbook('internal')
  expect(aggregate?.name).toBe('汇总')
  expect(aggregate?.rows.map(({ clause }) => clause)).toEqual([...clauses, 'total'])
  expect(aggregate?.rows[2]).toMatchObject({
    citation: '一、（一）',
    text: '（一）指导思想。坚持问计于民，稳步推进。',
  })
  const total = aggregate?.rows.at(-1) ?? {}
  const regions = ['region_长治市', 'region_晋中市', 'region_省外', 'region_未填写'].map((name) =>
    Number(total[name]),
  )
  expect(regions.reduce((sum, count) => sum + count, 0)).toBe(100)
  expect(total).not.toHaveProperty('region_武乡县')
})

test('comments stand in document order, within a clause as they came in', async () => {
  const rows = await readCsv('internal')
  const places = rows.map(
    ({ clause, comment_id: id }) =>
      `${clauses.indexOf(clause ?? '')} ${ours
        .indexOf(id ?? '')
        .toString()
        .padStart(4, '0')}`,
  )
  expect(places).toEqual([...places].sort())
})

test('the public scope holds published comments only, and nothing that links or names a person', async () => {
  const csv = await readCsv('public')
  const [aggregate, comments] = await readWorkbook('public')
  expect(tally(csv, 'state')).toEqual({ published: 20 })
  expect(tally(comments?.rows ?? [], 'state')).toEqual({ published: 20 })
  expect(aggregate?.rows.at(-1)?.received).toBe(20)
  expect(Object.keys(csv[0] ?? {})).not.toContain('receipt_number')
  expect(csv[0]?.name).toBe('金**')

  const files = [
    await text(commentsCsv(request(consultation, 'public', 'zh'))),
    await text(commentsJson(request(consultation, 'public'))),
    await text(commentsJsonLd(request(consultation, 'public'))),
    JSON.stringify(await readWorkbook('public')),
  ]
  for (const file of files) {
    expect(file).not.toMatch(/withheld的意见|refused的意见|pending的意见|withdrawn的意见/)
    for (const canary of Object.values(canaries)) expect(file).not.toContain(canary)
    expect(file).not.toContain('R-')
  }
})

test('the internal scope holds no contact, and nothing of another consultation', async () => {
  const file = await text(commentsCsv(request(consultation, 'internal', 'zh')))
  expect(file).toContain('回执号,意见编号,条款代码,意见类型,状态,意见内容,建议表述')
  expect(file).not.toContain('别的活动的意见')
  for (const canary of Object.values(canaries)) expect(file).not.toContain(canary)
})

test('programs find the columns in their order', async () => {
  const [first] = await readCsv('internal')
  expect(Object.keys(first ?? {}).slice(0, 7)).toEqual([
    'receipt_number',
    'comment_id',
    'clause',
    'stance',
    'state',
    'body',
    'wording',
  ])
})

test('each published comment is a web annotation of its clause', async () => {
  const page = (await json(await commentsJsonLd(request(consultation, 'public')))) as {
    '@context': string
    items: { id: string; target: { source: string } }[]
  }
  expect(page['@context']).toBe('http://www.w3.org/ns/anno.jsonld')
  expect(page.items).toHaveLength(20)
  const sources = new Set(page.items.map(({ target }) => target.source))
  expect(sources).toContain('https://example.gov.cn/consultations/a')
  expect(sources).toContain('https://example.gov.cn/consultations/a/clauses/p3')
})

test('a consultation without comments gives whole files all the same', async () => {
  const empty = await aConsultation(database.db, 'empty')
  const file = await text(commentsCsv(request(empty, 'public', 'en')))
  expect(file.split('\r\n')).toHaveLength(1)
  const { sheets } = await readXlsx(await buffer(await commentsXlsx(request(empty, 'public', 'en'))))
  expect(sheets[0]?.rows.at(-1)?.slice(0, 4)).toEqual(['total', null, null, 0])
})

test.each([
  ['after_closing', '2026-12-01T15:59:59Z', false],
  ['after_closing', '2026-12-01T16:00:00Z', true],
  ['outcome_only', '2026-12-02T02:00:00Z', false],
])('a public file follows the policy %s at %s', async (publicationPolicy, at, isShown) => {
  const asked = { ...request({ ...consultation, publicationPolicy }, 'public', 'en'), now: new Date(at) }
  const csv = parseCsvObjects(await text(commentsCsv(asked)), { header: true }).data
  const { comments } = (await json(await commentsJson(asked))) as { comments: unknown[] }
  const { sheets } = await readXlsx(await buffer(await commentsXlsx(asked)))
  const aggregate = JSON.stringify(sheets[0]?.rows.at(-1))
  expect([csv.length > 0, comments.length > 0, /[1-9]/.test(aggregate)]).toEqual([isShown, isShown, isShown])
})
