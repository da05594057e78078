import { expect, test } from 'vitest'
import { differences } from '../../../server/text/comparing/differences.ts'
import { ledBy } from '../../../server/text/comparing/led-by.ts'

const before = '加强领导。各级各部门要落实责任。建立考核机制，定期通报。'
const amend = (exact: string, wording: string) => ({ proposal: 'amend', wording, quote: { exact } })
const one = { id: 'one', wordings: [amend('落实责任', '落实主体责任')], concerns: ['c'] }
const other = { id: 'other', wordings: [amend('定期通报', '每月通报')], concerns: [] }
const mute = { id: 'mute', wordings: [], concerns: [] }
const behind = { comments: [one, other, mute], concerns: [{ id: 'c' }, { id: 'd' }] }

/** Which comments and concerns led to which words that were added. */
function told(after: string) {
  return ledBy(before, differences(before, after), behind).map(({ pieces, comments, concerns }) => [
    pieces?.find(({ change }) => change === 'added')?.text ?? null,
    [...comments, ...concerns].map(({ id }) => id),
  ])
}

test('a sentence knows its comments and concerns, and the clause what names no words', () => {
  expect(told('加强领导。各级各部门要落实主体责任。建立考核机制，每月通报。')).toEqual([
    ['主体', ['one', 'c']],
    ['每月', ['other']],
    [null, ['mute', 'd']],
  ])
})

test('where one sentence changed all led to it, and where none did they led to nothing that is seen', () => {
  expect(told('加强领导。各级各部门要落实主体责任。建立考核机制，定期通报。')).toEqual([
    ['主体', ['one', 'other', 'mute', 'c', 'd']],
  ])
  expect(told(before)).toEqual([[null, ['one', 'other', 'mute', 'c', 'd']]])
})
