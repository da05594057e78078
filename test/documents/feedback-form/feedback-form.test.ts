import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFeedbackForm } from '../../../server/documents/feedback-form/feedback-form.ts'
import { readFilledForm } from '../../../server/documents/feedback-form/filled-form.ts'
import { aDocx, p } from '../a-docx.ts'
import { convert, hasLibreOffice } from '../libreoffice.ts'
import { rowOf } from './fill-form.ts'
import { blank, contentOf, facts, title, units } from './seed-form.ts'

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
  expect(form?.rows[3]?.original).toBe('（一）推进特优农业提质增效。……')
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

test('what is no feedback form is not taken for one', async () => {
  expect(await readFilledForm(Buffer.from('%PDF-1.7'))).toBeNull()
  expect(await readFilledForm(aDocx({ body: p('只有一段话。') }))).toBeNull()
  expect(await readFilledForm(aDocx({ body: `<w:tbl>${rowOf(['甲', '乙'])}</w:tbl>` }))).toBeNull()
})

test.skipIf(!hasLibreOffice)('of the seed draft it is six pages at most', () => {
  const folder = mkdtempSync(join(tmpdir(), 'feedback-form-'))
  try {
    convert(new Map([['form.docx', blank]]), 'pdf', folder)
    const told = execFileSync('pdfinfo', [join(folder, 'form-docx.pdf')], { encoding: 'utf8' })
    expect(Number(/Pages:\s+(\d+)/.exec(told)?.[1])).toBeLessThanOrEqual(6)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
