import { afterEach, beforeEach, expect, test } from 'vitest'
import { calendarOverrides } from '../../db/queries/consultations/calendar.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type SignedIn, signIn } from '../staff.ts'

let portal: TestPortal
let admin: SignedIn

beforeEach(async () => {
  portal = await buildTestApp()
  admin = await signIn(portal, 'admin')
  await admin.get('/admin/calendar')
})
afterEach(() => portal.close())

test('a day is made free or worked, counts from then on, and is given back', async () => {
  await admin.post('/admin/calendar', { day: '2026-11-24', kind: 'holiday' })
  await admin.post('/admin/calendar', { day: '2026-11-24', kind: 'holiday' })
  const page = (await admin.get('/admin/calendar')).body.replace(/\s+/g, ' ')
  expect(page).toContain('2026-11-24</th><td>放假</td><td>上班</td>')
  expect(await calendarOverrides(portal.db)).toEqual(new Map([['2026-11-24', 'holiday']]))
  await admin.post('/admin/calendar/2026-11-24/removal', {})
  expect(await calendarOverrides(portal.db)).toEqual(new Map())
})

test.each([
  [{ day: '2026-02-30', kind: 'holiday' }, '请填写日期'],
  [{ day: '2026-11-24', kind: 'sleep' }, '请选择这一天放假还是上班'],
  [{ day: ['2026-11-24'], kind: { a: 1 } }, '请填写日期'],
  [{ day: '\0', kind: 'holiday' }, '请填写日期'],
])('what is no day is refused with what to do: %j', async (fields, said) => {
  const answer = await admin.post('/admin/calendar', fields)
  expect(answer.statusCode).toBe(422)
  expect(answer.body).toContain(said)
})
