import { expect, test } from 'vitest'
import { ticked } from '../../../server/text/words/ticks.ts'

const answers = [
  { value: 'oppose', sounds: /不赞成|不同意|反对/ },
  { value: 'support', sounds: /赞成|同意/ },
  { value: 'amend', sounds: /修改(?:建议)?/ },
  { value: 'question', sounds: /疑问/ },
] as const

test.each([
  ['□赞成\n□修改\n□反对\n□疑问', []],
  ['☑赞成\n□修改\n□反对\n□疑问', ['support']],
  ['□赞成\n√修改\n□反对\n□疑问', ['amend']],
  ['□赞成\n□√修改\n□反对\n□疑问', ['amend']],
  ['□赞成\n□修改√\n□反对\n□疑问', ['amend']],
  ['□赞成\n□修改 ✓\n□反对', ['amend']],
  ['□赞成　□修改　☒反对　□疑问', ['oppose']],
  ['□赞成√□修改□反对', ['support']],
  ['□赞成√修改□反对', ['amend']],
  ['赞成√ 修改 反对 疑问', ['support']],
  ['√赞成 修改 反对', ['support']],
  ['赞成 √修改 反对', ['amend']],
  ['（√）赞成（ ）修改（ ）反对', ['support']],
  ['赞成（ ）修改（√）反对（ ）', ['amend']],
  ['[x] 修改', ['amend']],
  ['□赞成是\n□修改\n□反对', ['support']],
  ['☑赞成\n☑修改', ['support', 'amend']],
  ['反对', ['oppose']],
  ['修改，修改建议', ['amend']],
  ['\uf0a8赞成\n\uf0fe修改', ['amend']],
  ['☑️赞成 □修改', ['support']],
  ['不同意', ['oppose']],
  ['修改建议', ['amend']],
  ['□赞成', []],
  ['赞成修改反对疑问', []],
  ['赞成√修改反对', []],
  ['', []],
  ['另有想法', []],
])('%j: %j', (cell, chosen) => {
  expect(ticked(cell, answers)).toEqual(chosen)
})
