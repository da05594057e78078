import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFeedbackForm } from '../../server/documents/feedback-form.ts'
import { readDocument } from '../../server/documents/read-document.ts'
import { readDraft } from '../../server/text/outline.ts'

const seed = join(import.meta.dirname, '../../seeds/shanxi-old-revolutionary-areas.txt')

test('the blank form holds who writes, and each clause with room for a wording and a reason', async () => {
  const { title, units } = readDraft(readFileSync(seed, 'utf8'))
  const facts = { title, organ: '山西省发展和改革委员会', closes: '2026年12月24日' }
  const { draft } = await readDocument({
    filename: 'form.docx',
    bytes: await writeFeedbackForm(facts, units),
  })
  const tables = draft.units.flatMap(({ table }) => (table ? [table] : []))
  expect(tables[0]?.map(([name]) => name)).toEqual([
    '姓名（选填）',
    '单位名称（代表单位时填写并盖章）',
    '所在地区',
    '联系方式（选填，不公开）',
  ])
  const [header, ...rows] = tables[1] ?? []
  expect(header).toEqual(['条款', '原文', '修改意见', '理由'])
  expect(rows).toHaveLength(23)
  expect(rows[2]?.[0]).toBe('二、（一）')
  expect(rows[2]?.[1]).toContain('（一）推进特优农业提质增效。')
  expect(rows.every(([, , wording, reason]) => wording === '' && reason === '')).toBe(true)
})
