import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zh } from '../../../server/locales/zh.ts'
import { makeFormToken, readFormToken } from '../../../server/rules/form-token.ts'
import { fieldsOf, submissionForm } from '../../../server/rules/submissions/submission-form.ts'

const submission = submissionForm({
  clauses: new Map([['p1', '第一句。第二句。']]),
  regions: new Set(['长治市']),
  required: new Set(),
  says: zh.wrong,
})
const comment = { clause: 'p1', stance: 'amend', body: '五个字的话' }
const wrongOf = (form: unknown) => submission.errors(submission.typed(form)).map(({ field }) => field)

test('whatever comes is read, and either taken or refused with a sentence', () => {
  fc.assert(
    fc.property(
      fc.object({ key: fc.constantFrom('comments', '0', 'body', 'clause', 'name', 'region', 'x') }),
      (form) => {
        for (const { message } of submission.errors(submission.typed(form)))
          expect(message).toMatch(/[\u4e00-\u9fff]/)
      },
    ),
  )
})

test('what is written into a form is read from it again', () => {
  const typed = submission.typed({
    comments: [comment, { ...comment, proposal: 'delete' }],
    name: '朱',
    show_name: 'on',
    region: '长治市',
  })
  const form: Record<string, unknown> = {}
  const comments: Record<string, string>[] = []
  for (const [name, value] of fieldsOf(typed)) {
    const [, place, field] = /^comments\[(\d+)\]\[(\w+)\]$/.exec(name) ?? []
    if (field) comments[Number(place)] = { ...comments[Number(place)], [field]: value }
    else form[name] = value
  }
  expect(submission.typed({ ...form, comments })).toEqual(typed)
})

test.each([
  [{ comments: [comment] }, []],
  [{ comments: [comment, {}, { clause: 'p1' }] }, []],
  [{}, ['comments[0][body]']],
  [{ comments: [{ ...comment, stance: 'maybe' }] }, ['comments[0][stance]']],
  [{ comments: [{ ...comment, body: '四个字吧' }] }, ['comments[0][body]']],
  [{ comments: [{ ...comment, body: '\u200b'.repeat(8) }] }, ['comments[0][body]']],
  [{ comments: [{ ...comment, body: ' \u3164 \u2800 \u{e0041} ' }] }, ['comments[0][body]']],
  [{ comments: [{ ...comment, body: '四\u2060个字\u200b吧' }] }, ['comments[0][body]']],
  [{ comments: [{ ...comment, body: '五个字的葛\u{e0100}' }] }, []],
  [{ comments: [{ ...comment, body: '😀'.repeat(5000) }] }, []],
  [{ comments: [{ ...comment, proposal: 'amend', wording: ' ' }] }, ['comments[0][wording]']],
  [{ comments: [{ ...comment, proposal: 'delete' }] }, []],
  [{ comments: [{ ...comment, quote: '第二句。' }] }, []],
  [{ comments: [{ ...comment, quote: '第三句。' }] }, ['comments[0][quote]']],
  [{ comments: [{ ...comment, clause: 'draft', quote: '第二句。' }] }, ['comments[0][quote]']],
  [{ comments: [comment], identity: 'enterprise' }, ['organisation']],
  [
    { comments: [comment], identity: 'king', region: '月球', visibility: 'all' },
    ['identity', 'region', 'visibility'],
  ],
  [{ comments: Array.from({ length: 61 }, () => comment) }, ['comments[0][body]']],
])('%j is wrong in %j', (form, fields) => {
  expect(wrongOf(form)).toEqual(fields)
})

test('a token that has been touched is not ours', () => {
  const sign = (value: string) => `signed-${value.length}-${value.slice(-3)}`
  const token = makeFormToken({ openedAt: 1_795_000_000_000, key: 'k-1' }, sign)
  expect(readFormToken(token, sign)).toEqual({ openedAt: 1_795_000_000_000, key: 'k-1' })
  for (const wrong of [
    `${token}x`,
    token.replace('k-1', 'k-2'),
    token.slice(1),
    '',
    'a.b.c.d',
    null,
    ['x'],
    'x'.repeat(301),
  ]) {
    expect(readFormToken(wrong, sign)).toBeNull()
  }
})
