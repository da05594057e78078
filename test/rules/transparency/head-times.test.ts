import { describe, expect, test } from 'vitest'
import { dueSize, headsAreShown } from '../../../server/rules/transparency/head-times.ts'

const closesAt = new Date('2026-12-23T15:59:59.999Z')
const outcomeAt = new Date('2027-01-10T02:00:00Z')
const open = new Date('2026-12-01T02:30:00Z')
const closed = new Date('2026-12-23T16:02:00Z')
const hours = (count: number) => new Date(open.getTime() + count * 3_600_000)
const of = (headTimes: string, outcome: Date | null = null) => ({ headTimes, closesAt, outcomeAt: outcome })

describe('a head is due', () => {
  test('never where the office publishes none', () => {
    expect(dueSize(of('off', outcomeAt), null, 100, new Date('2027-02-01T00:00:00Z'))).toBeNull()
  })

  test('at closing, a minute after it, with all leaves, once', () => {
    expect(dueSize(of('closing'), null, 100, open)).toBeNull()
    expect(dueSize(of('closing'), null, 100, new Date(closesAt.getTime() + 59_000))).toBeNull()
    expect(dueSize(of('closing'), null, 100, closed)).toBe(100)
    expect(dueSize(of('closing'), { size: 100, at: closed }, 103, hours(2_000))).toBeNull()
  })

  test('at closing, whatever was due in its last minute', () => {
    const last = { size: 90, at: new Date(closesAt.getTime() + 30_000) }
    expect(dueSize(of('daily'), last, 100, closed)).toBe(100)
  })

  test('at closing where nothing came in', () => {
    expect(dueSize(of('closing'), null, 0, closed)).toBe(0)
  })

  test('with the outcome, once more', () => {
    const after = new Date('2027-01-10T03:00:00Z')
    expect(dueSize(of('closing', outcomeAt), { size: 100, at: closed }, 101, after)).toBe(101)
    expect(dueSize(of('closing', outcomeAt), { size: 101, at: after }, 101, hours(3_000))).toBeNull()
  })

  test('at a later closing, where it is put off', () => {
    const later = { ...of('closing'), closesAt: new Date('2026-12-31T15:59:59.999Z') }
    expect(dueSize(later, { size: 100, at: closed }, 120, new Date('2026-12-25T00:00:00Z'))).toBeNull()
    expect(dueSize(later, { size: 100, at: closed }, 120, new Date('2027-01-01T00:00:00Z'))).toBe(120)
  })

  test('each day, and each hour', () => {
    const last = { size: 20, at: open }
    expect(dueSize(of('daily'), last, 100, hours(5))).toBeNull()
    expect(dueSize(of('daily'), last, 100, hours(24))).toBe(95)
    expect(dueSize(of('hourly'), last, 100, hours(0.4))).toBeNull()
    expect(dueSize(of('hourly'), last, 100, hours(0.6))).toBe(95)
  })

  test('and tells no fewer than five submissions apart, also from the head at closing', () => {
    expect(dueSize(of('hourly'), { size: 20, at: open }, 29, hours(1))).toBeNull()
    expect(dueSize(of('hourly'), { size: 20, at: open }, 30, hours(1))).toBe(25)
    expect(dueSize(of('hourly'), null, 9, open)).toBeNull()
    expect(dueSize(of('hourly'), { size: 25, at: hours(1) }, 30, closed)).toBe(30)
  })
})

test('the public sees heads when it may read comments, and else with the outcome', () => {
  const shown = (publicationPolicy: string, outcome: Date | null, now: Date) =>
    headsAreShown({ publicationPolicy, closesAt, outcomeAt: outcome }, now)
  expect(shown('as_decided', null, open)).toBe(true)
  expect(shown('after_closing', null, open)).toBe(false)
  expect(shown('after_closing', null, closed)).toBe(true)
  expect(shown('outcome_only', null, closed)).toBe(false)
  expect(shown('outcome_only', outcomeAt, hours(2_000))).toBe(true)
  expect(shown('of another version', null, closed)).toBe(false)
})
