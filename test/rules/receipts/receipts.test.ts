import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReceiptCode, receiptCode, receiptNumber } from '../../../server/rules/receipts/receipts.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array))

test('a code is six groups of four, without I, L, O and U', () => {
  fc.assert(
    fc.property(bytes, (secret) =>
      /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/.test(receiptCode(secret)),
    ),
  )
})

test('a code is read however somebody types it', () => {
  const sloppy = fc.constantFrom(
    (code: string) => code.toLowerCase(),
    (code: string) => code.replaceAll('-', ' '),
    (code: string) => ` ${code.replaceAll('-', '—')}\n`,
    (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
    (code: string) => code.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  )
  fc.assert(
    fc.property(
      bytes,
      sloppy,
      (secret, type) => readReceiptCode(type(receiptCode(secret))) === receiptCode(secret),
    ),
  )
})

test('a slip in one character is found without looking anything up', () => {
  fc.assert(
    fc.property(
      bytes,
      fc.nat(22),
      fc.constantFrom(...'23456789ABCDEFGHJKMNPQRSTVWXY'),
      (secret, at, wrong) => {
        const code = receiptCode(secret).replaceAll('-', '')
        fc.pre(code[at] !== wrong)
        return readReceiptCode(code.slice(0, at) + wrong + code.slice(at + 1)) === null
      },
    ),
  )
})

test('nothing else is a code', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (typed) => typed.replace(/[^0-9a-z]/gi, '').length === 24 || readReceiptCode(typed) === null,
    ),
  )
})

test('a number tells the day and nothing of the code', () => {
  expect(receiptNumber('2026-11-24', Buffer.alloc(32, 255))).toBe('20261124-ZZZZZ-ZZZZZ')
})
