import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { and, eq } from 'drizzle-orm'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dialect } from '../../../db/columns.ts'
import { draftResponse } from '../../../db/queries/answers/response-drafts.ts'
import { approveResponse, submitResponse } from '../../../db/queries/answers/responses.ts'
import { type CountCell, countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { insertAttachments } from '../../../db/queries/submissions/attachments.ts'
import { submissions } from '../../../db/schema/index.ts'
import { FileStore } from '../../../server/documents/files/file-store.ts'
import { clausePlaces } from '../../../server/documents/papers/clause-places.ts'
import { findPaper } from '../../../server/documents/papers/papers.ts'
import { everything } from '../../../server/rules/comments/reading-filters.ts'
import type { PaperScope } from '../../../server/rules/papers/scopes.ts'
import { freshDatabase, type TestDatabase } from '../../database.ts'
import { approvedWording } from '../../office/approved-wording.ts'
import {
  aConsultation,
  canaries,
  drafterAndApprover,
  endorseSome,
  everyKind,
  say,
  seals,
} from '../../office/filled-consultation.ts'
import { writeRow } from '../feedback-form/fill-form.ts'
import { contentOf, filled, ticks } from '../feedback-form/seed-form.ts'
import { convert, hasLibreOffice } from '../libreoffice.ts'
import { officeErrors, unreadAloud } from './office-errors.ts'
import { allText, csvRows, type Files, part, unzip, wordTables } from './read-back.ts'

let database: TestDatabase
let dataDir: string
let consultation: Consultation
let ours: string[]
const now = new Date('2026-12-02T02:00:00Z')
const foreign = '别的活动的意见'

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portal-archive-'))
  database = await freshDatabase()
  const { db } = database
  await drafterAndApprover(db, now)
  consultation = await aConsultation(db, 'a')
  ours = await say(db, consultation, everyKind(['draft', 'p1', 'p2', 'p3', 'p4']))
  await endorseSome(db, { published: 7, withheld: 5, withdrawn: 3 })
  const other = await aConsultation(db, 'b')
  await say(
    db,
    other,
    everyKind(['p1']).map((one) => ({ ...one, body: foreign })),
  )
  for (const [clause, outcome] of [
    ['p1', 'adopted'],
    ['p2', 'not_adopted'],
  ] as const) {
    const target = { kind: 'reading' as const, filters: { ...everything, clause } }
    const answer = { outcome, reason: '已研究。', summary: `对${clause}的归纳` }
    const id = await draftResponse(db, consultation.id, target, answer, { staffId: 'drafter', now })
    await submitResponse(db, consultation.id, id, { staffId: 'drafter', now })
    await approveResponse(db, consultation.id, id, { staffId: 'approver', now })
  }
  const text = '指导思想。坚持问计于民，扎实推进。'
  const wording = { round: 1, clause: 'p2', text, reason: '采纳意见', revision: 0 }
  const by = { drafter: 'drafter', approver: 'approver', now }
  await approvedWording(db, consultation.id, wording, { comments: ours.slice(0, 1) }, by)
})
afterAll(async () => {
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function archive(scope: PaperScope, filters = everything): Promise<Files> {
  const request = {
    db: database.db,
    seals,
    consultation,
    places: await clausePlaces(database.db, consultation.id),
    scope,
    header: 'en' as const,
    now,
    origin: '',
    filters,
    dataDir,
    read: () => {},
    marked: () => {},
  }
  const file = await findPaper('archive', 'zip', scope)?.make(request)
  return unzip(file ? await buffer(file) : Buffer.alloc(0))
}

const csv = (files: Files, name: string) => csvRows(part(files, name))
const manifestOf = (files: Files) => JSON.parse(part(files, 'manifest.json').toString('utf8'))
const tallyOf = (cells: CountCell[], by: 'clause' | 'state') =>
  cells.reduce<Record<string, number>>(
    (counts, cell) => Object.assign(counts, { [cell[by]]: (counts[cell[by]] ?? 0) + cell.count }),
    {},
  )

const wordRows = async (file: Buffer) => (await wordTables(file))[0] ?? []
/** A balloon for each of the 40 comments but those on two clauses that have one answer with a 归纳. */
const balloonCount = 40 - 16 + 2
/** How many 具体意见 the rows of 意见汇总表 on paper stand for. */
const countedIn = (rows: string[][]) => rows.reduce((sum, row) => sum + Number(row[4] ?? 0), 0)

test('every file of the archive agrees with the manifest, the counters and one another', async () => {
  const files = await archive('internal')
  const manifest = manifestOf(files)
  const cells = await countCells(database.db, consultation.id)
  expect(manifest.equation).toMatchObject({
    received: 100,
    published: 20,
    withheld: 20,
    refused: 20,
    pending: 20,
    withdrawn: 20,
    holds: true,
  })
  expect(manifest.counts.clause).toEqual(tallyOf(cells, 'clause'))
  expect(manifest.counts.state).toEqual(tallyOf(cells, 'state'))
  expect(manifest.counts.channel).toEqual({ web: 32, letter: 36, meeting: 32 })

  for (const { name, sha256, bytes } of manifest.files) {
    const file = part(files, name)
    expect(createHash('sha256').update(file).digest('hex'), name).toBe(sha256)
    expect(file.length).toBe(bytes)
  }
  expect([...files.keys()].sort()).toEqual(
    [...manifest.files.map(({ name }: { name: string }) => name), 'manifest.json'].sort(),
  )

  const ids = csv(files, '意见.csv').map((row) => row.comment_id)
  expect([...ids].sort()).toEqual([...ours].sort())
  const { sheets } = await readXlsx(part(files, '意见.xlsx'))
  expect(sheets[1]?.rows.slice(1).map((row) => row[1])).toEqual(ids)
  const data = JSON.parse(part(files, '意见.json').toString('utf8'))
  expect(data.comments.map((comment: { comment_id: string }) => comment.comment_id)).toEqual(ids)

  const summary = await wordRows(part(files, '意见汇总表.docx'))
  const [sheet] = (await readXlsx(part(files, '意见汇总表.xlsx'))).sheets
  expect(countedIn(summary)).toBe(40)
  expect(sheet?.rows).toHaveLength(41)
  expect(csv(files, '意见汇总表.csv')).toHaveLength(40)
  expect(countedIn(summary.filter((row) => row[6] === '采纳'))).toBe(manifest.counts.outcome.adopted)
  expect(await wordRows(part(files, '修改对照表.docx'))).toHaveLength(1)
  const wordings = part(await unzip(part(files, '修改对照表.docx')), 'word/document.xml').toString('utf8')
  expect([wordings.includes('<w:strike/>'), wordings.includes('<w:u w:val="single"')]).toEqual([true, true])
})

test('each changed sentence stands with why it was changed and what led to it', async () => {
  const files = await archive('internal')
  expect(await wordRows(part(files, '修改依据表.docx'))).toEqual([
    [
      ...['1', '一、（一）', '坚持问计于民，稳步推进。', '坚持问计于民，扎实推进。', '采纳意见'],
      ...['', `1 条：${ours[0]?.slice(0, 8)}`],
    ],
  ])
})

test('a public archive holds nothing that is not public, no person, and nothing of another consultation', async () => {
  const files = await archive('public')
  const manifest = manifestOf(files)
  expect(csv(files, '意见.csv')).toHaveLength(manifest.equation.published)
  expect(countedIn(await wordRows(part(files, '意见汇总表.docx')))).toBe(20)
  expect([...files.keys()]).not.toContain('意见采纳情况表.docx')
  expect(manifest.left_out.join()).toContain('结果还没有公布')
  for (const [name, file] of files) {
    const text = await allText(name, file)
    for (const canary of Object.values(canaries))
      expect(text.includes(canary), `${name} holds ${canary}`).toBe(false)
    expect(text, name).not.toMatch(/(withheld|refused|pending|withdrawn)的意见/)
    expect(text.includes(foreign), name).toBe(false)
    expect(text, name).not.toMatch(/R-[0-9a-f]{12}/)
  }
})

test('endorsements are counted apart, as far as the scope goes, and in no comment’s number', async () => {
  for (const [scope, endorsements] of [
    ['internal', 12],
    ['public', 7],
  ] as const) {
    const files = await archive(scope)
    const manifest = manifestOf(files)
    expect(manifest.endorsements).toBe(endorsements)
    expect(manifest.equation).toMatchObject({ received: 100, holds: true })
    const rows = csv(files, '意见.csv')
    expect(rows.reduce((sum, row) => sum + Number(row.endorsements), 0)).toBe(endorsements)
    const { comments } = JSON.parse(part(files, '意见.json').toString('utf8'))
    expect(comments.map((row: { endorsements: number }) => row.endorsements)).toEqual(
      rows.map((row) => Number(row.endorsements)),
    )
  }
})

test('an archive of the office takes the files that came with comments, and says which it could not', async () => {
  const { db } = database
  const store = new FileStore(dataDir, 'attachments')
  const sentBy = async (identity: string) => {
    const [row] = await db.query
      .select()
      .from(submissions)
      .where(and(eq(submissions.consultationId, consultation.id), eq(submissions.identity, identity)))
    if (!row) throw new Error(`no ${identity} has said anything`)
    return row
  }
  const file = (id: string, content: string) => ({
    id,
    name: canaries.organisation,
    type: 'pdf',
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  })
  const [ours, persons] = [await sentBy('enterprise'), await sentBy('individual')]
  const came = [file('a1', '%PDF-1'), file('a2', '%PDF-2'), file('a3', '%PDF-3')]
  await db.atomically((tx) => [
    ...insertAttachments(tx, seals, ours.id, came, now),
    ...insertAttachments(tx, seals, persons.id, [file('a4', '%PDF-4')], now),
  ])
  for (const [id, content] of [
    ['a1', '%PDF-1'],
    ['a2', '%PDF-x'],
    ['a4', '%PDF-4'],
  ] as const) {
    await store.keep(await store.receive(Readable.from([content])), id)
  }

  const files = await archive('internal')
  const manifest = manifestOf(files)
  const at = (place: number) => `附件/${ours.receiptNumber}-${place}.pdf`
  expect(part(files, at(1)).toString()).toBe('%PDF-1')
  expect(manifest.files).toContainEqual({ name: at(1), bytes: 6, sha256: came[0]?.sha256, marks: 0 })
  expect(manifest.left_out).toEqual([
    `${at(2)}：与收到时不同，请用 portal verify 核对`,
    `${at(3)}：文件缺失，请用 portal verify 核对`,
    `附件/${persons.receiptNumber}-1.pdf：是个人的来信，含个人信息，没有放入`,
  ])
  expect(JSON.stringify(manifest)).not.toContain(canaries.organisation)
  const attached = (of: Files) => [...of.keys()].filter((name) => name.startsWith('附件'))
  expect(attached(files)).toEqual([at(1)])
  expect(attached(await archive('internal', { ...everything, clause: 'p1' }))).toEqual([])
  expect(attached(await archive('public'))).toEqual([])
})

test('the draft carries its comments as balloons and its new wordings as tracked changes', async () => {
  const files = await archive('internal')
  const inside = await unzip(part(files, '批注稿.docx'))
  const balloons = part(inside, 'word/comments.xml')
    .toString('utf8')
    .match(/<w:comment /g)
  expect(balloons).toHaveLength(balloonCount)
  const xml = part(inside, 'word/document.xml').toString('utf8')
  expect(xml.match(/<w:commentReference /g)).toHaveLength(balloonCount)
  expect(xml).toMatch(/<w:ins .*扎实/s)
  expect(xml).toMatch(/<w:del .*稳步/s)
})

test('Office opens every office file of the archive without repair, and reads it aloud', async () => {
  const files = [...(await archive('internal'))].filter(([name]) => /\.docx$/.test(name))
  const errors = await Promise.all(files.map(([name, file]) => officeErrors(name, file)))
  expect(errors.flat()).toEqual([])
  const unread = await Promise.all(files.map(([name, file]) => unreadAloud(name, file)))
  expect(unread.flat()).toEqual([])
  const report = files.find(([name]) => name === '公开征求意见情况说明.docx')?.[1] ?? expect.unreachable()
  const xml = part(await unzip(report), 'word/document.xml').toString('utf8')
  expect(xml).toMatch(/<w:pStyle w:val="Heading1"\/>/)
  expect(xml).toContain('descr="各条款收到的意见（按类型）"')
})

test.skipIf(dialect === 'postgres' || !hasLibreOffice)(
  'LibreOffice opens every office file of the archive, and a form that it has saved is read all the same',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-papers-'))
    try {
      const files = [...(await archive('internal'))].filter(([name]) => /\.(docx|xlsx)$/.test(name))
      const form = await filled((xml) =>
        writeRow(xml, '〔p3〕', [null, null, ticks('修改'), '一行意见。\n又一行。', '改成这样。']),
      )
      const all: Files = new Map([...files, ['form.docx', form]])
      for (const [name, printed] of convert(all, 'pdf', folder))
        expect(printed.toString('latin1', 0, 5), name).toBe('%PDF-')

      const texts = new Map(['批注稿.docx', 'form.docx'].map((name) => [name, part(all, name)]))
      const saved = convert(texts, 'fodt', folder)
      const draft = part(saved, '批注稿.docx').toString('utf8')
      expect(draft.match(/<office:annotation /g)).toHaveLength(balloonCount)
      expect(draft).toContain('<text:insertion>')

      const again = convert(new Map([['form.fodt', part(saved, 'form.docx')]]), 'docx', folder)
      const { typed, notes, number } = await contentOf(part(again, 'form.fodt'))
      expect(number).toEqual({ slug: 'shanxi-laoqu', round: 1 })
      expect(typed.comments).toEqual([
        {
          clause: 'p3',
          stance: 'amend',
          body: '一行意见。\n又一行。',
          proposal: 'amend',
          wording: '改成这样。',
          quote: '',
        },
      ])
      expect(notes).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
