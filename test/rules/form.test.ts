import { expect, test } from 'vitest'
import {
  asking,
  choice,
  day,
  inChinese,
  matching,
  oneOf,
  optional,
  orEmpty,
  parted,
  presumed,
  text,
  tick,
  ticks,
  unjudged,
} from '../../server/rules/fields.ts'
import { form } from '../../server/rules/form.ts'

const letter = form(
  {
    unit: text({ name: '单位名称', most: 5 }),
    letter_number: optional(text({ name: '文号', most: 5 })),
    sent_on: day({ name: '发函日期' }),
    due_on: optional(day({ name: '反馈期限' })),
    reply: choice({ agreed: '同意', disagreed: '不同意' }, '请选择反馈情况', 'agreed'),
    position: optional(text({ name: '对方意见', most: 50 })),
    unresolved: tick(),
  },
  ({ unresolved, position }, says) => [
    ['position', unresolved && position === '' ? says.missing('对方意见') : null],
  ],
)
const filled = {
  unit: ' 财政厅 ',
  sent_on: '2026-11-23',
  reply: 'disagreed',
  unresolved: 'on',
  position: '一\r\n二',
}

test('what was typed is kept by the names of the domain, and stands in the form again', () => {
  const typed = letter.typed(filled)
  const { values } = letter.read(typed)
  expect(letter.sent(filled)).toEqual({ typed, values, errors: [] })
  expect(values).toEqual({
    unit: '财政厅',
    letterNumber: null,
    sentOn: '2026-11-23',
    dueOn: null,
    reply: 'disagreed',
    position: '一\n二',
    unresolved: true,
  })
  expect(values && letter.given(values)).toEqual(typed)
})

test('whatever comes is a form: what is of the wrong type was not given', () => {
  for (const hostile of [null, 1, 'x', [], { unit: { a: 1 }, sent_on: ['x'], unresolved: {} }]) {
    expect(letter.typed(hostile)).toEqual({ ...letter.blank, reply: '' })
  }
})

test('what is wrong is said in the order of the page, once for each field', () => {
  const typed = letter.typed({
    unit: '一二三四五六',
    sent_on: '十一月',
    due_on: '2026-02-30',
    reply: 'x',
    unresolved: 'on',
  })
  expect(letter.errors(typed)).toEqual([
    { field: 'unit', message: '单位名称最多 5 个字，现在是 6 个字' },
    { field: 'sent_on', message: '发函日期请按 2026-12-31 的样子填写' },
    { field: 'due_on', message: '反馈期限请按 2026-12-31 的样子填写' },
    { field: 'reply', message: '请选择反馈情况' },
    { field: 'position', message: '请填写对方意见' },
  ])
  expect(letter.read(typed).values).toBeNull()
})

test('a text is missing, or holds what no database keeps', () => {
  const wrong = (unit: string) => letter.errors(letter.typed({ ...filled, unit }))
  expect(wrong('')).toEqual([{ field: 'unit', message: '请填写单位名称' }])
  for (const unit of ['a\0', '\ud800']) {
    expect(wrong(unit)).toEqual([{ field: 'unit', message: inChinese.unstorable('单位名称') }])
  }
})

test('a page in another language says it there', () => {
  const english = { ...inChinese, missing: (name: string) => `Please write ${name}` }
  const { errors, blank } = form(
    { unit: text({ name: 'the unit', most: 5 }), place: unjudged() },
    (_, says) => [['place', says.missing('the place')]],
    english,
  )
  expect(errors(blank).map(({ message }) => message)).toEqual([
    'Please write the unit',
    'Please write the place',
  ])
})

test('what is known only now, and what has a shape, is taken by its own sentence', () => {
  const { errors, typed } = form({
    clause: oneOf(new Map([['p1', '第一条']]), '没有这一条'),
    code: matching(/^[a-z]{2}$/, '请刷新后重新填写'),
    on: asking(day({ name: '日期' }), '请填写日期，例如 2027-10-01'),
    next: unjudged(),
  })
  const right = { clause: 'p1', code: 'ab', on: '2026-11-23', next: '\0' }
  expect(errors(typed(right))).toEqual([])
  expect(errors(typed({ clause: 'constructor', code: 'abc', on: '' }))).toEqual([
    { field: 'clause', message: '没有这一条' },
    { field: 'code', message: '请刷新后重新填写' },
    { field: 'on', message: '请填写日期，例如 2027-10-01' },
  ])
})

test('what nobody chose stands for what is presumed', () => {
  const { blank, typed } = form({
    seen: presumed(choice({ all: '公开', office: '不公开' }, '请选择', 'all')),
  })
  expect(blank).toEqual({ seen: 'all' })
  for (const given of [null, {}, { seen: ' ' }, { seen: ['office'] }]) {
    expect(typed(given)).toEqual({ seen: 'all' })
  }
  expect(typed({ seen: 'office' })).toEqual({ seen: 'office' })
})

test('a field has words of its own for whatever is wrong, and a list that only its page knows', () => {
  const clauses = new Map([['p3', '第三条']])
  const correction = form({
    found_on: asking(day({ name: '日期' }), '请写明哪一天'),
    clause: oneOf(clauses, '请选择条款'),
    code: matching(/^\d{6}$/, '编码是六位数字'),
    source: unjudged(),
  })
  expect(correction.errors(correction.typed({ clause: 'p4', code: '12', source: '\0' }))).toEqual([
    { field: 'found_on', message: '请写明哪一天' },
    { field: 'clause', message: '请选择条款' },
    { field: 'code', message: '编码是六位数字' },
  ])
  const right = { found_on: '2026-11-23', clause: 'p3', code: '030001' }
  expect(correction.errors(correction.typed(right))).toEqual([])
})

test('a text that may stay empty is kept so, and words are parted however people part them', () => {
  const theme = form({
    about: orEmpty(text({ name: '说明', most: 5 })),
    words: parted(orEmpty(text({ name: '关键词', most: 20 }))),
  })
  const { values } = theme.read(theme.typed({ words: ' 展馆，红色;党史  讲解、' }))
  expect(values).toEqual({ about: '', words: ['展馆', '红色', '党史', '讲解'] })
  expect(values && theme.given(values)).toEqual({ about: '', words: '展馆、红色、党史、讲解' })
  expect(theme.errors({ about: '一二三四五六', words: '' })).toMatchObject([{ field: 'about' }])
})

test('of a list of boxes those count that there are, in their order', () => {
  const given = form({ clause: ticks(['p1', 'p2', 'p3'], '请勾选条款') })
  expect(given.read(given.typed({ clause: ['p3', 'p1', 'p9', { a: 1 }] })).values).toEqual({
    clause: ['p1', 'p3'],
  })
  expect(given.read(given.typed({ clause: 'p2' })).values).toEqual({ clause: ['p2'] })
  for (const none of [{}, null, { clause: 'p9' }, { clause: { p1: 'on' } }]) {
    expect(given.errors(given.typed(none))).toEqual([{ field: 'clause', message: '请勾选条款' }])
  }
})
