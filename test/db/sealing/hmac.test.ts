import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hmac } from '../../../db/sealing/hmac.ts'

test('a text under a key is what the standard library makes of it', () => {
  for (const length of [0, 1, 20, 32, 63, 64]) {
    const key = randomBytes(length)
    for (const text of ['', 'abc', '建议增加县级配套资金比例。', 'x'.repeat(5_000), '\u{20bb7}']) {
      expect(hmac(key)(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'))
    }
  }
})

test('RFC 4231, test case 1', () => {
  const digest = Buffer.from(hmac(Buffer.alloc(20, 0x0b))('Hi There'), 'base64url').toString('hex')
  expect(digest).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7')
})

test('a key longer than a block is refused', () => {
  expect(() => hmac(Buffer.alloc(65))).toThrow('hashed first')
})
