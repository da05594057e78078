import { expect, test } from 'vitest'
import { isDisagreeing, proposedStance } from '../../../server/text/cutting/proposed-stance.ts'

test('who ticked that they agree and asks for a change is proposed as asking for it', () => {
  expect(proposedStance('建议删除第八条。', 'support')).toBe('amend')
  expect(proposedStance('写得很好。', 'support')).toBe('support')
  expect(proposedStance('建议删除第八条。', 'oppose')).toBe('oppose')
})

test('an agreement that names what it agrees with is no disagreement', () => {
  expect(isDisagreeing('完全赞成增加贴息。')).toBe(false)
  expect(isDisagreeing('应当写明期限。')).toBe(true)
})
