import { describe, expect, test } from 'vitest'
import { BrokenSeal, createSeals } from '../../db/sealed.ts'

const seals = createSeals(Buffer.alloc(32, 1))
const place = { table: 'submissions', column: 'name', row: '0190' }

describe('a sealed value', () => {
  test.each(['张三', '', '𠮷\n"', 'x'.repeat(5000)])('opens as what it was: %j', (text) => {
    expect(seals.open(seals.seal(text, place), place)).toBe(text)
  })

  test('names its algorithm and key, and never looks the same twice', () => {
    const sealed = seals.seal('张三', place)
    expect(sealed).toMatch(/^aes-256-gcm\.1\.[\w-]+$/)
    expect(seals.seal('张三', place)).not.toBe(sealed)
  })

  test.each([
    { ...place, row: '0191' },
    { ...place, column: 'contact' },
    { ...place, table: 'staff' },
  ])('does not open elsewhere: %j', (elsewhere) => {
    expect(() => seals.open(seals.seal('张三', place), elsewhere)).toThrow(BrokenSeal)
  })

  test('does not open with another key', () => {
    const stranger = createSeals(Buffer.alloc(32, 2))
    expect(() => stranger.open(seals.seal('张三', place), place)).toThrow(BrokenSeal)
  })

  test('does not open once any byte of it was changed', () => {
    const [algorithm, version, body = ''] = seals.seal('张三', place).split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (const [i, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes)
      changed[i] = byte ^ 1
      const sealed = [algorithm, version, changed.toString('base64url')].join('.')
      expect(() => seals.open(sealed, place)).toThrow(BrokenSeal)
    }
  })

  test.each([
    '',
    '张三',
    'aes-256-gcm.1.',
    'aes-256-gcm.2.AAAA',
    'none.1.AAAA',
    'aes-256-gcm.1.AAAAAAAAAAAAAAAAAAAAAAA',
  ])('that never was one does not open: %j', (sealed) => {
    expect(() => seals.open(sealed, place)).toThrow(BrokenSeal)
  })

  test('is not quoted by the error', () => {
    const sealed = seals.seal('张三', place)
    expect(() => seals.open(sealed, { ...place, row: '1' })).toThrow(
      'the seal of submissions.name of 1 is broken',
    )
  })
})

describe('a keyed hash', () => {
  test('is the same for the same value, and another for another purpose, value or key', () => {
    const hash = seals.hash('receipt', 'code')
    expect(seals.hash('receipt', 'code')).toBe(hash)
    const others = [
      seals.hash('session', 'code'),
      seals.hash('receipt', 'Code'),
      createSeals(Buffer.alloc(32)).hash('receipt', 'code'),
    ]
    expect(new Set([hash, ...others]).size).toBe(4)
  })
})
