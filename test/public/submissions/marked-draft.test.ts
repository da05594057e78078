import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestPortal } from '../../build.ts'
import { type Mark, markUp } from '../../documents/marked-draft/mark-up.ts'
import { formFields, sendForm } from '../forms.ts'
import { sendParts } from '../sent-files.ts'

let portal: TestPortal
let draft: Buffer
let clauses: { key: string; text: string; label: string | null }[]
beforeAll(async () => {
  portal = await buildTestApp()
  draft = (await portal.app.inject(`${base}/draft.docx`)).rawPayload
  const { units } = (await portal.app.inject(`${base}/draft.json`)).json()
  clauses = units.filter(
    ({ key, text }: { key: string | null; text: string }) => key && text.length - text.indexOf('。') > 60,
  )
})
afterAll(() => portal.close())

const base = '/consultations/shanxi-laoqu'
const upload = (content: Buffer) =>
  sendParts(portal.app, `${base}/feedback-form`, {}, [['律师意见.docx', content]], 'file')

/** Words of a clause that no other has, behind its heading sentence. */
function words(text: string, from: number): string {
  const behind = text.indexOf('。') + 1
  return text.slice(behind + from, behind + from + 8)
}

test('forty remarks in Word, changes and comments, come back at their clauses', async () => {
  const some = clauses.slice(0, 20)
  expect(some).toHaveLength(20)
  const changes: Mark[] = some.map(({ text }, i) => ({
    at: words(text, 2),
    instead: `改写${i}`,
    says: `修改的理由第 ${i} 条。`,
  }))
  const comments: Mark[] = some.map(({ text }, i) => ({
    at: words(text, 30),
    says: `单独的批注第 ${i} 条？`,
  }))
  const read = await upload(await markUp(draft, [...changes, ...comments]))
  expect([read.statusCode, read.body]).toEqual([200, expect.stringContaining('从修订和批注读到 40 条意见')])
  expect(read.body).not.toContain('请留意下列内容')
  const fields = formFields(read.body)
  const found = Array.from({ length: 40 }, (_, i) =>
    ['clause', 'stance', 'body', 'proposal', 'wording', 'quote'].map(
      (field) => fields[`comments[${i}][${field}]`] ?? '',
    ),
  )
  const expected = some.flatMap(({ key, text }, i) => [
    [key, 'amend', `修改的理由第 ${i} 条。`, 'amend', text.replace(words(text, 2), `改写${i}`), ''],
    [key, 'question', `单独的批注第 ${i} 条？`, '', '', words(text, 30)],
  ])
  expect(found).toEqual(expected)
  const sent = await sendForm(portal.app, `${base}/submissions`, fields)
  expect(sent.statusCode).toBe(201)
})

test('a change without a comment says itself what it is, and a clause that is struck out is deleted', async () => {
  const [one, other] = clauses
  if (!one || !other) throw new Error('the draft is too short')
  const at = words(one.text, 2)
  const marked = await markUp(draft, [
    { at, instead: '补助' },
    { at: other.text.slice(0, other.text.indexOf('。') + 1), instead: '' },
    { at: other.text.slice(other.text.indexOf('。') + 1), instead: '' },
  ])
  const fields = formFields((await upload(marked)).body)
  expect(fields['comments[0][body]']).toBe(`建议将“${at}”改为“补助”。`)
  expect([fields['comments[1][clause]'], fields['comments[1][proposal]']]).toEqual([other.key, 'delete'])
})

test('what stands at no clause is listed, and nothing else is lost for it', async () => {
  const [one] = clauses
  const marked = await markUp(draft, [
    { at: '总体要求', instead: '总则', says: '标题的批注，没有条款可放。' },
    { at: words(one?.text ?? '', 2), says: '放得下的一条批注。' },
  ])
  const read = await upload(marked)
  expect(read.body).toContain('从修订和批注读到 1 条意见')
  expect(read.body).toContain('没有找到对应的条款，没有带入')
  expect(read.body).toContain('标题的批注，没有条款可放。')
  expect(read.body).toContain('建议将“总体要求”改为“总则”。')
})

test('a copy in which nothing is marked is told so', async () => {
  const read = await upload(draft)
  expect([read.statusCode, read.body]).toEqual([422, expect.stringContaining('也没有修订和批注')])
})
