import { describe, expect, test } from 'vitest'
import { BrokenSeal, createSeals, firstRing, UnknownKey } from '../../../db/sealing/sealed.ts'
import { sealingKey } from '../../../db/sealing/sealing-key.ts'

const seals = createSeals(Buffer.alloc(32, 1))
const other = Buffer.alloc(32, 2)
const place = { table: 'submissions', column: 'name', row: '0190' }

/** The same as it was before seals named their key. */
const unnamed = (sealed: string) => sealed.replace(/\.[0-9a-f]{10}\./, '.1.')

describe('a sealed value', () => {
  test.each(['张三', '', '𠮷\n"', 'x'.repeat(5000)])('opens as what it was: %j', (text) => {
    expect(seals.open(seals.seal(text, place), place)).toBe(text)
  })

  test('names its algorithm and key, and never looks the same twice', () => {
    const sealed = seals.seal('张三', place)
    expect(sealed).toMatch(/^aes-256-gcm\.[0-9a-f]{10}\.[\w-]+$/)
    expect(sealed).toContain(`.${seals.key.id}.`)
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
    const stranger = createSeals(other)
    expect(() => stranger.open(seals.seal('张三', place), place)).toThrow(UnknownKey)
    expect(() => stranger.open(unnamed(seals.seal('张三', place)), place)).toThrow(BrokenSeal)
  })

  test('from before seals named their key opens with whichever of those at hand it was', () => {
    const sealed = unnamed(seals.seal('张三', place))
    expect(seals.open(sealed, place)).toBe('张三')
    const rotated = createSeals(other, () => [Buffer.alloc(32, 1)])
    expect(rotated.find(seals.key.id)).not.toBeNull()
    expect(rotated.open(sealed, place)).toBe('张三')
  })

  test('of a key that is not known is looked for once more among those at hand', () => {
    const atHand = [Buffer.alloc(32, 1)]
    const node = createSeals(Buffer.alloc(32, 1), () => atHand)
    const sealed = createSeals(other).seal('张三', place)
    expect(() => node.open(sealed, place)).toThrow(UnknownKey)
    atHand.unshift(other)
    expect(node.open(sealed, place)).toBe('张三')
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

describe('a ring', () => {
  const ofFirst = firstRing(seals)
  const turned = seals.turnedTo(sealingKey(other))
  const { older: _, ...done } = turned

  test('is taken by whoever has its key, and by nobody else', () => {
    const stranger = createSeals(other)
    expect(createSeals(Buffer.alloc(32, 1)).take(ofFirst)).toBe(true)
    expect(stranger.take(ofFirst)).toBe(false)
    expect([stranger.ring, stranger.key.id]).toEqual([null, createSeals(other).key.id])
  })

  test('that turned opens what was sealed before and hashes alike, with the new key alone', () => {
    const fresh = createSeals(other)
    expect(fresh.take(turned)).toBe(true)
    expect(fresh.open(seals.seal('张三', place), place)).toBe('张三')
    expect(fresh.open(unnamed(seals.seal('张三', place)), place)).toBe('张三')
    expect(fresh.hash('receipt', 'code')).toBe(seals.hash('receipt', 'code'))
    expect(fresh.older?.id).toBe(seals.key.id)
    expect(fresh.seal('张三', place)).toContain(`.${fresh.key.id}.`)
  })

  test('that forgot the key before still hashes alike, and after the next turn too', () => {
    const fresh = createSeals(other)
    expect(fresh.take(done)).toBe(true)
    expect(() => fresh.open(seals.seal('张三', place), place)).toThrow(UnknownKey)
    const third = createSeals(Buffer.alloc(32, 3))
    expect(third.take(fresh.turnedTo(third.key))).toBe(true)
    expect(third.hash('receipt', 'code')).toBe(seals.hash('receipt', 'code'))
  })
})
