import { expect, test } from 'vitest'
import { addDays, daysBetween, endOfDay, isDay, startOfDay, writtenDay } from '../../server/rules/days.ts'

test('a day is one that the calendar has', () => {
  for (const day of ['2026-11-23', '2028-02-29', '2026-12-31']) expect(isDay(day)).toBe(true)
  for (const day of ['2026-02-29', '2026-13-01', '2026-1-1', '1926-01-01', '2026-11-23T00:00', '明天', '']) {
    expect(isDay(day)).toBe(false)
  }
})

test('days are counted across months, years and leap days', () => {
  expect(addDays('2026-11-23', 30)).toBe('2026-12-23')
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31')
  expect(daysBetween('2026-11-23', '2027-01-01')).toBe(39)
})

test('a day in Shanghai begins at 16:00 UTC the day before and ends a millisecond before the next', () => {
  expect(startOfDay('2026-11-23').toISOString()).toBe('2026-11-22T16:00:00.000Z')
  expect(endOfDay('2026-11-23').toISOString()).toBe('2026-11-23T15:59:59.999Z')
})

test('a paper writes a day without leading zeros', () => {
  expect(writtenDay('2026-01-05')).toBe('2026年1月5日')
})
