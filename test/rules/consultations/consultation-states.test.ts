import { expect, test } from 'vitest'
import { consultationState, type Timed } from '../../../server/rules/consultations/consultation-states.ts'
import { commentsAreShown } from '../../../server/rules/consultations/publication-policies.ts'
import { endOfDay, startOfDay } from '../../../server/rules/days.ts'

const published: Timed = {
  publishedAt: startOfDay('2026-11-20'),
  opensAt: startOfDay('2026-11-23'),
  closesAt: endOfDay('2026-12-23'),
  suspendedAt: null,
  outcomeAt: null,
}
const at = (time: string) => new Date(`${time}+08:00`)

test('the state follows the clock, and the closing day belongs to the period', () => {
  expect(consultationState(published, at('2026-11-22T23:59:59.999'))).toBe('upcoming')
  expect(consultationState(published, at('2026-11-23T00:00:00.000'))).toBe('open')
  expect(consultationState(published, at('2026-12-23T23:59:59.999'))).toBe('open')
  expect(consultationState(published, at('2026-12-24T00:00:00.000'))).toBe('closed')
})

test('what is not published is a draft, whatever the clock says', () => {
  expect(consultationState({ ...published, publishedAt: null }, at('2026-12-01T12:00'))).toBe('draft')
})

test('a suspension stops the clock, and an outcome ends everything', () => {
  const suspended = { ...published, suspendedAt: at('2026-12-01T12:00') }
  expect(consultationState(suspended, at('2026-12-02T12:00'))).toBe('suspended')
  const concluded = { ...published, outcomeAt: at('2027-01-10T09:00') }
  expect(consultationState(concluded, at('2027-01-11T09:00'))).toBe('concluded')
})

test('comments are shown as the policy promises', () => {
  const before = at('2026-12-23T23:59')
  const after = at('2026-12-24T00:00')
  expect(commentsAreShown('as_decided', published.closesAt, before)).toBe(true)
  expect(commentsAreShown('after_closing', published.closesAt, before)).toBe(false)
  expect(commentsAreShown('after_closing', published.closesAt, after)).toBe(true)
  expect(commentsAreShown('outcome_only', published.closesAt, after)).toBe(false)
  expect(commentsAreShown('abolished', published.closesAt, after)).toBe(false)
})
