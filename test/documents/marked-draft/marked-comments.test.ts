import { expect, test } from 'vitest'
import type { FormUnit } from '../../../server/documents/feedback-form/form-units.ts'
import { commentsOfMarks } from '../../../server/documents/marked-draft/marked-comments.ts'
import { readMarkedDraft } from '../../../server/documents/marked-draft/marked-draft.ts'
import { aDocx, p } from '../a-docx.ts'

const texts = [
  '第一条的文字，说明制定的目的。',
  '第二条的文字，说明适用的范围。',
  '本条文字重复。',
  '本条文字重复。',
]
const units = texts.map((text, i): FormUnit => {
  const label = `第${'一二三四'[i]}条`
  return { key: `p${i + 1}`, kind: 'clause', label, heading: null, citation: label, text, name: label }
})
const keys = new Set(units.map(({ key }) => key))
const said = (i: number) => p(`第${'一二三四'[i]}条　${texts[i]}`)
const by = 'w:id="9" w:author="某律师" w:date="2026-11-25T09:00:00Z"'
const ins = (text: string) => `<w:ins ${by}><w:r><w:t>${text}</w:t></w:r></w:ins>`
const del = (text: string) => `<w:del ${by}><w:r><w:delText>${text}</w:delText></w:r></w:del>`
const written = (text: string) => `<w:p><w:pPr><w:rPr><w:ins ${by}/></w:rPr></w:pPr>${ins(text)}</w:p>`

async function read(body: string) {
  const marked = await readMarkedDraft(aDocx({ body }))
  if (!marked) throw new Error('nothing is marked')
  return commentsOfMarks(marked, units, keys)
}

test('a paragraph that was written in before a clause, or behind one by a new line, is proposed behind the clause above it', async () => {
  const { comments, notes } = await read(said(0) + written('新增的一条。') + said(1))
  expect(comments.map(({ clause, proposal, wording }) => [clause, proposal, wording])).toEqual([
    ['p1', 'insert_after', '新增的一条。'],
  ])
  const behind = `<w:p><w:pPr><w:rPr><w:ins ${by}/></w:rPr></w:pPr><w:r><w:t>第二条　${texts[1]}</w:t></w:r></w:p><w:p>${ins('接着的一段。')}</w:p>`
  const other = await read(said(0) + behind + said(2))
  expect(other.comments.map(({ clause, proposal, wording }) => [clause, proposal, wording])).toEqual([
    ['p2', 'insert_after', '接着的一段。'],
  ])
  expect([notes, other.notes]).toEqual([[], []])
})

test('of clauses that read alike the one in its place is meant; what was moved away is struck out', async () => {
  const changed = `<w:p><w:r><w:t>第四条　本条文字</w:t></w:r>${del('重复')}${ins('另写')}<w:r><w:t>。</w:t></w:r></w:p>`
  const { comments } = await read(said(0) + said(1) + said(2) + changed)
  expect(comments).toEqual([
    {
      clause: 'p4',
      stance: 'amend',
      body: '建议将“重复”改为“另写”。',
      proposal: 'amend',
      wording: '本条文字另写。',
      quote: '',
    },
  ])
})

test('what is written above the first clause, or changed in what is no clause, is listed', async () => {
  const { comments, notes } = await read(
    `${written('写在最前面的话。')}<w:p><w:r><w:t>标题</w:t></w:r>${ins('（修改稿）')}</w:p>${said(0)}`,
  )
  expect(comments).toEqual([])
  expect(notes.map(({ text }) => text)).toEqual(['写在最前面的话。', '建议增加“（修改稿）”。'])
})

test('a file without marks, and one that is none, is no marked draft', async () => {
  expect(await readMarkedDraft(aDocx({ body: said(0) }))).toBeNull()
  expect(await readMarkedDraft(Buffer.from('no file'))).toBeNull()
})
