import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFeedbackForm } from '../../server/documents/feedback-form.ts'
import { readFilledForm } from '../../server/documents/filled-form.ts'
import { readFormContent } from '../../server/documents/form-content.ts'
import type { FormUnit } from '../../server/documents/form-units.ts'
import { nameClauses } from '../../server/text/clause-names.ts'
import { readDraft } from '../../server/text/outline.ts'
import { aDocx, p } from './a-docx.ts'
import { editDocx, rowOf, writeRow } from './fill-form.ts'

const seed = join(import.meta.dirname, '../../seeds/shanxi-old-revolutionary-areas.txt')
const { title, units } = readDraft(readFileSync(seed, 'utf8'))
const names = nameClauses(units)
const clauses: FormUnit[] = units.flatMap((unit) =>
  unit.key ? [{ ...unit, key: unit.key, name: names.get(unit.key)?.name ?? '' }] : [],
)
const keys = new Set(clauses.map(({ key }) => key))
const regions = new Set(['长治市', '长治市襄垣县', '晋城市'])
const facts = {
  slug: 'shanxi-laoqu',
  round: 1,
  title,
  organ: '山西省发展和改革委员会',
  closes: '2026年12月24日',
  asks: {},
}
const blank = await writeFeedbackForm(facts, units)

const filled = (edit: (xml: string) => string) => editDocx(blank, edit)
async function contentOf(bytes: Buffer, current: ReadonlySet<string> = keys) {
  const form = await readFilledForm(bytes)
  if (!form) throw new Error('no form')
  form.outside = form.outside.filter((text) => text !== title)
  return { ...readFormContent(form, clauses, current, { asks: {}, regions }), number: form.number }
}
const ticks = (chosen: string) => `□赞成\n□修改\n□反对\n□疑问`.replace(`□${chosen}`, `☑${chosen}`)

test('the blank form holds who writes, and each clause with its key and room for what is said', async () => {
  const form = await readFilledForm(blank)
  expect(form?.number).toEqual({ slug: 'shanxi-laoqu', round: 1 })
  expect(form?.outside).toEqual([title])
  expect(Object.keys(form?.person ?? {})).toEqual([
    'identity',
    'name',
    'show_name',
    'organisation',
    'region',
    'contact',
    'visibility',
  ])
  expect(form?.rows).toHaveLength(24)
  expect(form?.rows[0]?.clause).toBe('整个草案\n〔draft〕')
  expect(form?.rows[3]).toMatchObject({
    clause: '二、（一）\n〔p3〕',
    stance: '□赞成\n□修改\n□反对\n□疑问',
    body: '',
  })
  expect(form?.rows[3]?.original).toContain('（一）推进特优农业提质增效。')
})

test('nobody asks in the form what the consultation does not ask', async () => {
  const asks = { name: 'hidden', region: 'required' } as const
  const form = await readFilledForm(await writeFeedbackForm({ ...facts, asks }, units))
  expect(Object.keys(form?.person ?? {})).not.toContain('name')
  expect(Object.keys(form?.person ?? {})).not.toContain('show_name')
  expect(form?.person.region).toBe('')
})

test('a form that nobody filled in says nothing', async () => {
  const { typed, notes } = await contentOf(blank)
  expect(typed.comments).toEqual([])
  expect(notes).toEqual([])
})

test('a filled form is read as it would have been typed', async () => {
  const { typed, notes } = await contentOf(
    await filled((xml) => {
      const rows: [string, (string | null)[]][] = [
        ['〔p3〕', [null, null, ticks('修改'), '建议写明补贴的对象。\n也写明标准。', '（一）改成这样。']],
        ['〔p10〕', [null, null, ticks('反对'), '不应当新建机场。', '删除本条']],
        ['〔draft〕', [null, null, '赞成', '总体上写得很好。']],
        ['〔p5〕', [null, null, ticks('修改'), '还应当增加一款。', '在其后增加：新的一款。']],
        ['>身份<', [null, '□个人　√企业　□社会组织']],
        ['>姓名<', [null, '朱小明']],
        ['>公开完整姓名<', [null, '☑同意　（不打勾的，公开时只显示姓，如“朱**”）']],
        ['>单位名称', [null, '襄垣县某某合作社']],
        ['>所在地区<', [null, '山西省长治市襄垣县']],
        ['>联系方式', [null, '0355-1234567']],
        ['>意见是否公开<', [null, '□审核后可以公开　☑仅供起草单位参考　（都不打勾的，审核后可以公开）']],
      ]
      return rows.reduce((text, [mark, cells]) => writeRow(text, mark, cells), xml)
    }),
  )
  expect(notes).toEqual([])
  expect(typed).toMatchObject({
    identity: 'enterprise',
    name: '朱小明',
    show_name: true,
    organisation: '襄垣县某某合作社',
    region: '长治市襄垣县',
    contact: '0355-1234567',
    visibility: 'office',
  })
  expect(typed.comments).toMatchObject([
    { clause: 'draft', stance: 'support', body: '总体上写得很好。', proposal: '' },
    {
      clause: 'p3',
      stance: 'amend',
      body: '建议写明补贴的对象。\n也写明标准。',
      proposal: 'amend',
      wording: '（一）改成这样。',
    },
    { clause: 'p5', stance: 'amend', proposal: 'insert_after', wording: '新的一款。' },
    { clause: 'p10', stance: 'oppose', body: '不应当新建机场。', proposal: 'delete', wording: '' },
  ])
})

test('rows that were added below a clause, and one that was copied, are further comments on it', async () => {
  const again = rowOf(['二、（一）\n〔p3〕', '', '疑问', '第三条意见的内容。', ''])
  const { typed } = await contentOf(
    await filled((xml) =>
      writeRow(
        xml,
        '〔p3〕',
        [null, null, ticks('修改'), '第一条意见的内容。'],
        rowOf(['', '', '反对', '第二条意见的内容。', '']) + again,
      ),
    ),
  )
  expect(typed.comments.map(({ clause, stance }) => [clause, stance])).toEqual([
    ['p3', 'amend'],
    ['p3', 'oppose'],
    ['p3', 'question'],
  ])
})

test.each([
  ['its citation', '二、（一）', ''],
  ['its name', '（一）推进特优农业提质增效', ''],
  ['its text', '', '（一）推进特优农业提质增效。'],
])('a row that lost its key is found by %s', async (_, clause, original) => {
  const { typed } = await contentOf(
    await filled((xml) => writeRow(xml, '〔p3〕', [clause, original, '赞成', '没有编号的一行。'])),
  )
  expect(typed.comments).toMatchObject([{ clause: 'p3', body: '没有编号的一行。' }])
})

test('what names no clause goes to the whole draft, with its name kept', async () => {
  const { typed, notes } = await contentOf(
    await filled((xml) => writeRow(xml, '〔p3〕', ['第九十九条', '', '反对', '这一条不合适。'])),
  )
  expect(typed.comments).toMatchObject([{ clause: 'draft', body: '（关于第九十九条）这一条不合适。' }])
  expect(notes).toEqual([{ kind: 'moved', clause: '第九十九条', text: '（关于第九十九条）这一条不合适。' }])
})

test('a clause that a later round dropped goes to the whole draft by its old name', async () => {
  const { typed } = await contentOf(
    await filled((xml) => writeRow(xml, '〔p3〕', [null, null, '反对', '这一条不合适。'])),
    new Set([...keys].filter((key) => key !== 'p3')),
  )
  expect(typed.comments).toMatchObject([
    { clause: 'draft', body: '（关于（一）推进特优农业提质增效）这一条不合适。' },
  ])
})

test('a clause that was changed where it is printed is a proposed wording, or is told', async () => {
  const { typed, notes } = await contentOf(
    await filled((xml) =>
      writeRow(writeRow(xml, '〔p3〕', [null, '（一）改过的文字。', '修改', '理由写在这里。']), '〔p5〕', [
        null,
        '也改过的文字。',
        '修改',
        '理由写在这里。',
        '另写的表述。',
      ]),
    ),
  )
  expect(typed.comments).toMatchObject([
    { clause: 'p3', proposal: 'amend', wording: '改过的文字。' },
    { clause: 'p5', proposal: 'amend', wording: '另写的表述。' },
  ])
  expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
    ['edited', '改过的文字。'],
    ['original', '也改过的文字。'],
  ])
})

test('columns are told by their heads, wherever they stand', async () => {
  const { typed, notes } = await contentOf(
    aDocx({
      body: `<w:tbl>${rowOf(['序号', '修改意见', '条款', '理由', '备注'])}${rowOf(['1', '写明对象。', '二、（一）', '便于执行。', '急'])}</w:tbl>${p('另外一段话。')}`,
    }),
  )
  expect(typed.comments).toMatchObject([{ clause: 'p3', stance: '', body: '写明对象。\n便于执行。' }])
  expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
    ['outside', '急'],
    ['outside', '另外一段话。'],
  ])
})

test('below the head nothing is about the person, and a table that was split goes on', async () => {
  const head = rowOf(['条款', '原文', '意见类型', '意见和理由', '修改后的表述'])
  const { typed } = await contentOf(
    aDocx({
      body: `<w:tbl>${head}${rowOf(['单位和个人', '', '反对', '像个人信息的一行。', ''])}</w:tbl>${p('')}<w:tbl>${rowOf(['二、（一）', '', '赞成', '另一张表里的一行。', ''])}</w:tbl>`,
    }),
  )
  expect(typed.organisation).toBe('')
  expect(typed.comments).toMatchObject([
    { clause: 'draft', body: '（关于单位和个人）像个人信息的一行。' },
    { clause: 'p3', body: '另一张表里的一行。' },
  ])
})

test('nothing is lost silently', async () => {
  const { notes } = await contentOf(
    await filled((xml) =>
      [
        ['〔p3〕', [null, null, '☑赞成\n☑修改（后半句）\n□反对', '两种都选了的意见。']] as const,
        ['>所在地区<', [null, '河北省某县']] as const,
        ['>身份<', [null, '□个人　其他：村集体']] as const,
      ]
        .reduce((text, [mark, cells]) => writeRow(text, mark, [...cells]), xml)
        .replace('<w:sectPr', `${p('我还想说一句。')}<w:sectPr`),
    ),
  )
  expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
    ['stanceWords', '后半句'],
    ['stances', '赞成、修改'],
    ['person', '身份：其他：村集体'],
    ['region', '河北省某县'],
    ['outside', '我还想说一句。'],
  ])
})

test('sixty comments are taken; the rest is listed', async () => {
  const rows = Array.from({ length: 62 }, (_, i) => rowOf(['二、（一）', '', '赞成', `第 ${i} 条意见。`, '']))
  const { typed, notes } = await contentOf(
    aDocx({
      body: `<w:tbl>${rowOf(['条款', '原文', '意见类型', '意见和理由', '修改后的表述'])}${rows.join('')}</w:tbl>`,
    }),
  )
  expect(typed.comments).toHaveLength(60)
  expect(notes.map(({ kind, text }) => [kind, text])).toEqual([
    ['overflow', '第 60 条意见。'],
    ['overflow', '第 61 条意见。'],
  ])
})

test('what is no feedback form is not taken for one', async () => {
  expect(await readFilledForm(Buffer.from('%PDF-1.7'))).toBeNull()
  expect(await readFilledForm(aDocx({ body: p('只有一段话。') }))).toBeNull()
  expect(await readFilledForm(aDocx({ body: `<w:tbl>${rowOf(['甲', '乙'])}</w:tbl>` }))).toBeNull()
})

const office = '/usr/bin/soffice'

test.runIf(existsSync(office))('a form that LibreOffice has saved again is read all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'feedback-form-'))
  const form = await filled((xml) =>
    writeRow(xml, '〔p3〕', [null, null, ticks('修改'), '一行意见。\n又一行。', '改成这样。']),
  )
  writeFileSync(join(folder, 'form.docx'), form)
  const convert = (from: string, to: string) =>
    execFileSync(
      office,
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        to,
        '--outdir',
        folder,
        join(folder, from),
      ],
      { stdio: 'ignore' },
    )
  convert('form.docx', 'odt')
  convert('form.odt', 'docx')
  const { typed, notes, number } = await contentOf(readFileSync(join(folder, 'form.docx')))
  rmSync(folder, { recursive: true, force: true })
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
})
