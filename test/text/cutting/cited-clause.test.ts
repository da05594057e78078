import { expect, test } from 'vitest'
import { citedClause } from '../../../server/text/cutting/proposed-cuts.ts'
import { seedClauses } from './marked-letters.ts'

const clauses = seedClauses()

test.each([
  ['第八条', 'p10'],
  ['第8条要改', 'p10'],
  ['关于（三）的意见', 'p5'],
  ['关于(三)的意见', 'p5'],
  ['四、（八）', 'p10'],
  ['第四部分第（八）条', 'p10'],
  ['一、建议将第四部分第（八）条修改', 'p10'],
  ['（一）第（七）条的收益', 'p9'],
  ['第（十一）项', 'p13'],
  ['第八条第二款', 'p10'],
  ['第八部分没有写周期', 'p23'],
  ['第二十条', 'p22'],
])('%s cites', (text, key) => {
  expect(citedClause(text, clauses)).toBe(key)
})

test.each([
  ['三、修改建议'],
  ['（三）请尽快'],
  ['第四部分'],
  ['第二十八条'],
  ['根据《立法法》第八条'],
  ['民法典第八条'],
  ['第三项任务'],
  ['我的第二条建议是快一点'],
])('%s cites nothing of the draft', (text) => {
  expect(citedClause(text, clauses)).toBeNull()
})

test.each([
  ['征求意见稿第八条', 'p10'],
  ['《实施意见（征求意见稿）》第八条', 'p10'],
])('%s does', (text, key) => {
  expect(citedClause(text, clauses)).toBe(key)
})

test.each([
  ['“特优农业”写得不够', 'p3'],
  ['现代化基础设施要补短板', 'p10'],
  ['吴家庄水库什么时候开工', 'p10'],
  ['武乡建设红色文化旅游', 'p5'],
  ['华北豹吃了羊', 'p13'],
  ['建议删除LED光电研究院', 'p15'],
  ['我娘住院，村里没有大夫', 'p12'],
])('%s speaks of a clause by its words', (text, key) => {
  expect(citedClause(text, clauses)).toBe(key)
})

test.each([['支持革命老区振兴'], ['反正能把这些事情办了，俺就信你们'], [''], ['𠮷']])(
  '%s says of none, or of many',
  (text) => {
    expect(citedClause(text, clauses)).toBeNull()
  },
)

const statute = [
  '第七条',
  '第七条第（一）项',
  '第十七条',
  '第十七条之一',
  '第十八条第一款',
  '第十八条第二款',
].map((citation, index) => ({ key: `p${index + 1}`, citation, name: citation, text: '' }))

test.each([
  ['第七条', 'p1'],
  ['第二章第七条', 'p1'],
  ['第七条第（一）项', 'p2'],
  ['第七条第一项', 'p2'],
  ['第七条第三款', 'p1'],
  ['第十七条之一', 'p4'],
  ['第十八条第二款', 'p6'],
  ['第十八条', null],
])('of a statute %s cites', (text, key) => {
  expect(citedClause(text, statute)).toBe(key)
})

test('where 一、二、 are the clauses, 第二条 is 二、, and a number that begins anew tells only with its part', () => {
  const plan = ['一、', '二、（一）', '二、（二）', '三、（一）'].map((citation, index) => ({
    ...{ key: `p${index + 1}`, citation, name: citation, text: '' },
  }))
  expect(citedClause('第一条', plan.slice(0, 1))).toBe('p1')
  expect(citedClause('关于三、（一）', plan)).toBe('p4')
  expect(citedClause('第二部分第（一）项', plan)).toBe('p2')
  expect(citedClause('第（一）项', plan)).toBeNull()
})

test('a number that two rounds have is that of the newest, which stands first', () => {
  const rounds = ['p8', 'p30'].map((key) => ({ key, citation: '四、（八）', name: '', text: '' }))
  expect(citedClause('第八条', rounds)).toBe('p8')
})
