import { expect, test } from 'vitest'
import { inChinese } from '../../server/rules/fields.ts'
import { contactUri, securityContact } from '../../server/rules/security-contact.ts'

const field = securityContact({ name: '安全问题联系方式', most: 100 })

const given = [
  ['anquan@example.gov.cn', 'mailto:anquan@example.gov.cn', 'anquan@example.gov.cn'],
  ['mailto:an.quan+1@example.gov.cn', 'mailto:an.quan+1@example.gov.cn', 'an.quan+1@example.gov.cn'],
  ['ａｎｑｕａｎ＠example.gov.cn', 'mailto:anquan@example.gov.cn', 'anquan@example.gov.cn'],
  ['0351-1234567', 'tel:0351-1234567;phone-context=+86', '0351-1234567'],
  ['（0351）123 4567', 'tel:(0351)1234567;phone-context=+86', '(0351)1234567'],
  ['12345', 'tel:12345;phone-context=+86', '12345'],
  ['+86 351 1234567', 'tel:+863511234567', '+863511234567'],
  ['tel:+1-201-555-0123', 'tel:+1-201-555-0123', '+1-201-555-0123'],
  ['https://example.gov.cn/anquan', 'https://example.gov.cn/anquan', 'https://example.gov.cn/anquan'],
  [
    'https://例子.cn/安全',
    'https://xn--fsqu00a.cn/%E5%AE%89%E5%85%A8',
    'https://xn--fsqu00a.cn/%E5%AE%89%E5%85%A8',
  ],
] as const

test.each(given)('%s is kept as a URI, and comes back as what gives the same', (typed, uri, again) => {
  expect(field.problem(typed, inChinese)).toBeNull()
  expect(field.value(typed)).toBe(uri)
  expect(field.given(uri)).toBe(again)
  expect(contactUri(again)).toBe(uri)
})

const refused = [
  '找保卫科',
  '0351-1234567（工作日）',
  '1234',
  '1234567890123456',
  '+',
  'anquan@',
  'anquan@localhost',
  'a@example.cn,b@example.cn',
  'a@example.cn\nContact: mailto:b@example.cn',
  'anquan@example.cn?subject=x',
  'http://example.gov.cn/',
  'https://localhost/',
  'https://user:password@example.gov.cn/',
  'javascript:alert(1)',
  'www.example.gov.cn',
]

test.each(refused)('%j is none, and whoever typed it is told what is wanted', (typed) => {
  expect(contactUri(typed)).toBeNull()
  expect(field.problem(typed, inChinese)).toMatch(/^安全问题联系方式请填一个电子邮箱、一个电话/)
})

test('no line can be brought into the file by way of an address', () => {
  expect(contactUri('https://example.gov.cn/\nExpires: never')).not.toContain('\n')
})
