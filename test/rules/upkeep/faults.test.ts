import { expect, test } from 'vitest'
import { adviceOn, errorClass, restAfter } from '../../../server/rules/upkeep/faults.ts'

test.each([
  [new TypeError('13812345678'), 'TypeError'],
  [Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 'Error ENOSPC'],
  [Object.assign(new Error('x'), { name: 'DatabaseError', code: '23505' }), 'DatabaseError 23505'],
  [Object.assign(new Error('x'), { name: '<b>\0'.repeat(100), code: 7 }), 'b'.repeat(80)],
  ['13812345678', 'Error'],
  [null, 'Error'],
])('an error is named by its class and code, never by what it says: %o', (error, name) => {
  expect(errorClass(error)).toBe(name)
})

test.each([
  ['BrokenSeal', 'SECRET_KEY'],
  ['SystemError ERR_FS_EISDIR', 'DATA_DIR'],
  ['Error ECONNREFUSED', 'DATA_DIR'],
  ['DatabaseError SQLITE_FULL', '数据库'],
  ['DamagedJson', '已损坏'],
  ['TypeError', '已损坏'],
])('says what to do about %s', (error, said) => {
  expect(adviceOn(error)).toContain(said)
})

test('rests double from one failure to the next, and have an end', () => {
  expect([1, 2, 3, 10, 11, 2000].map((failures) => restAfter(failures, 'work') / 1000)).toEqual([
    1, 2, 4, 512, 600, 600,
  ])
  expect([1, 2, 9, 10, 2000].map((failures) => restAfter(failures, 'row') / 1000)).toEqual([
    10, 20, 2560, 3600, 3600,
  ])
})
