import { expect, test } from 'vitest'
import { ruleInWords, ruleOf, soughtBy } from '../../../server/rules/themes/theme-rule.ts'

test.each([
  [['时限'], { any: [['时限']], none: [] }, '含有“时限”'],
  [
    ['养老+补贴', '低保', '-小区'],
    { any: [['养老', '补贴'], ['低保']], none: ['小区'] },
    '含有“养老”和“补贴”，或“低保”，不含“小区”',
  ],
  [['养老＋补贴'], { any: [['养老', '补贴']], none: [] }, '含有“养老”和“补贴”'],
  [
    ['不含小区', '！城区', '非遗'],
    { any: [['非遗']], none: ['小区', '城区'] },
    '含有“非遗”，不含“小区”、“城区”',
  ],
  [['+', '-'], { any: [['-']], none: [] }, '含有“-”'],
  [[], { any: [], none: [] }, null],
])('%j', (words, rule, said) => {
  expect(ruleOf(words)).toEqual(rule)
  expect(ruleInWords(words)).toBe(said)
})

test('only what is asked for is lit', () => {
  expect(soughtBy(['养老+补贴', '低保', '-小区'])).toBe('养老 补贴 低保')
})
