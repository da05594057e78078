import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPersonalData } from '../../../server/rules/personal-data/finding.ts'

const fixtures = join(import.meta.dirname, '../../fixtures')

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

interface Labelled {
  kind: string
  piece: string
  text: string
}

/** Each piece that is marked ⟦kind|piece⟧ in the file, with the text around it. */
const labelled: Labelled[] = linesOf(join(fixtures, 'personal-data.txt')).flatMap((line) => {
  const text = line.replaceAll(/⟦\w+\|([^⟧]*)⟧/g, '$1')
  return [...line.matchAll(/⟦(\w+)\|([^⟧]*)⟧/g)].map(([, kind = '', piece = '']) => ({ kind, piece, text }))
})

function found(text: string): string[] {
  const characters = [...text]
  return findPersonalData(text).map(
    ({ kind, start, end }) => `${kind}|${characters.slice(start, end).join('')}`,
  )
}

describe('the labelled cases', () => {
  test('are at least 300', () => expect(labelled.length).toBeGreaterThanOrEqual(300))

  test.each([
    ['id_number', 0.99],
    ['mobile', 0.99],
    ['landline', 0.95],
    ['bank_card', 0.95],
    ['email', 0.95],
    ['plate', 0.95],
    ['address', 0.95],
    ['account', 0.95],
  ])('of %s are found to their ends: at least %d of them', (kind, least) => {
    const cases = labelled.filter((each) => each.kind === kind)
    const missed = cases.filter(({ text, piece }) => !found(text).includes(`${kind}|${piece}`))
    expect(missed.length / cases.length, JSON.stringify(missed, null, 1)).toBeLessThanOrEqual(1 - least)
  })
})

/** Citizens' letters tell of persons: there no number is to be found, nor an address. */
const ofPersons = /^(?:name|accused|sensitive)\|/

test('gives at most one false alarm in a hundred clean lines: dates, document numbers, amounts, whole drafts', () => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  const lines = files
    .filter((name) => name.endsWith('.txt') && name !== 'personal-data.txt')
    .flatMap((name) =>
      linesOf(join(fixtures, name)).map((line) => ({ line, isLetter: name.startsWith('letters') })),
    )
  expect(lines.length).toBeGreaterThan(300)
  const alarms = lines.filter(({ line, isLetter }) =>
    found(line).some((one) => !isLetter || !ofPersons.test(one)),
  )
  expect(alarms.length / lines.length, JSON.stringify(alarms, null, 1)).toBeLessThanOrEqual(0.01)
  expect(alarms.filter(({ isLetter }) => !isLetter)).toEqual([])
})

test('takes 13800000000元 for an amount, and nothing for a number whose check digit is wrong', () => {
  expect(found('总投资13800000000元')).toEqual([])
  expect(found('编号140102198001011234567')).toEqual([])
})

test('takes a mistyped number for what the text says it is', () => {
  expect(found('身份证140102198001011234')).toEqual(['id_number|140102198001011234'])
})

test('gives spans in order, within the text and without overlap, for any text', () => {
  const pieces = fc.constantFrom(
    '138',
    '1234',
    '5678',
    ' ',
    '-',
    '晋A',
    '号楼',
    '单元',
    '@',
    '一',
    '😀',
    '\u200b',
    '住',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((some) => some.join('')),
      ),
      (text) => {
        let last = 0
        for (const { start, end } of findPersonalData(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual([...text].length)
      },
    ),
  )
})

test('reads hostile text without running away', () => {
  for (const piece of [
    '1',
    '1 ',
    '号',
    '一号',
    'a',
    'a@',
    '晋A',
    '微信',
    '住1号楼',
    '小区1-1-',
    '1、',
    '138、',
  ]) {
    expect(found(piece.repeat(5_000))).toBeInstanceOf(Array)
  }
})

test.each(['\u2800', '\ufff9', '\ufffb', '\u{e0041}', '\u3164'])(
  'a number split by what takes no ink is found: %j',
  (split) => {
    const found = findPersonalData(`请联系${[...'13800138000'].join(split)}。`)
    expect(found.map(({ kind }) => kind)).toEqual(['mobile'])
  },
)
