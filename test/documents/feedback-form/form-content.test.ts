import { expect, test } from 'vitest'
import { aDocx, p } from '../a-docx.ts'
import { rowOf, writeRow } from './fill-form.ts'
import { contentOf, filled, keys, ticks } from './seed-form.ts'

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

test('a changed opening of a long clause takes no clause’s place, and is told', async () => {
  const { typed, notes } = await contentOf(
    await filled((xml) => writeRow(xml, '〔p3〕', [null, '（一）改过的标题。……', '修改', '理由写在这里。'])),
  )
  expect(typed.comments).toMatchObject([{ clause: 'p3', proposal: '', body: '理由写在这里。' }])
  expect(notes).toMatchObject([{ kind: 'original', text: '改过的标题。……' }])
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
