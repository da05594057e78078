import { expect, test } from 'vitest'
import { earliestClosing, isShortened, periodInWords } from '../../../server/rules/consultations/periods.ts'
import {
  addWorkingDays,
  type DayKind,
  isWorkingDay,
  workingDaysBetween,
} from '../../../server/rules/consultations/working-days.ts'

const asAnnounced = new Map<string, DayKind>()

test('30 days from 11-23 end on 12-23: the opening day is not counted', () => {
  for (const type of ['major_decision', 'regulation', 'business_normative_document']) {
    expect(earliestClosing('2026-11-23', type, asAnnounced)).toBe('2026-12-23')
  }
})

test('7 working days skip the weekend', () => {
  expect(earliestClosing('2026-11-23', 'normative_document', asAnnounced)).toBe('2026-12-02')
})

test('working days skip 国庆节 and count the Saturday that is worked for it', () => {
  expect(isWorkingDay('2026-10-01', asAnnounced)).toBe(false)
  expect(isWorkingDay('2026-10-10', asAnnounced)).toBe(true)
  expect(addWorkingDays('2026-09-30', 3, asAnnounced)).toBe('2026-10-10')
  expect(workingDaysBetween('2026-09-30', '2026-10-10', asAnnounced)).toBe(3)
})

test("the office's own calendar goes before the built-in one", () => {
  const own = new Map<string, DayKind>([
    ['2026-11-24', 'holiday'],
    ['2026-11-28', 'workday'],
  ])
  expect(earliestClosing('2026-11-23', 'normative_document', own)).toBe('2026-12-02')
  expect(addWorkingDays('2026-11-23', 1, own)).toBe('2026-11-25')
  expect(isWorkingDay('2026-11-28', own)).toBe(true)
})

test('one day less than the minimum is short, the minimum is not', () => {
  expect(isShortened('2026-11-23', '2026-12-22', 'regulation', asAnnounced)).toBe(true)
  expect(isShortened('2026-11-23', '2026-12-23', 'regulation', asAnnounced)).toBe(false)
  expect(isShortened('2026-11-23', '2026-12-01', 'normative_document', asAnnounced)).toBe(true)
  expect(isShortened('2026-11-23', '2026-12-02', 'normative_document', asAnnounced)).toBe(false)
})

test('a type that is not known any more is held to 30 days', () => {
  expect(earliestClosing('2026-11-23', 'abolished', asAnnounced)).toBe('2026-12-23')
})

test('a period is told in the unit in which its type counts', () => {
  expect(periodInWords('2026-11-23', '2026-12-23', 'regulation', asAnnounced)).toBe('30日')
  expect(periodInWords('2026-11-23', '2026-12-02', 'normative_document', asAnnounced)).toBe('7个工作日')
})
