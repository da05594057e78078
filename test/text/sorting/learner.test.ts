import { expect, test } from 'vitest'
import { propose } from '../../../server/text/sorting/learner.ts'
import { opinions } from '../opinions.ts'
import { draftParagraphs, drawn, learningAt, parts, subjects } from './measured.ts'

test('with 5 % labelled four of five are right, and at least 85 % of what is with all labelled', () => {
  const { held, rest } = parts()
  const { mean: all } = learningAt(rest.length, 1)
  const { mean: few, worst } = learningAt(Math.round((held.length + rest.length) / 20), 3)
  expect(all).toBeGreaterThan(0.84)
  expect(few).toBeGreaterThanOrEqual(0.8)
  expect(worst).toBeGreaterThan(0.78)
  expect(few / all).toBeGreaterThanOrEqual(0.85)
})

test('the same texts give the same bytes, and the words that decided stand in the text or mean what does', () => {
  const given = {
    themes: [
      { id: 'health', name: '医疗', words: [] },
      { id: 'roads', name: '交通', words: ['公路'] },
    ],
    assigned: [
      { text: '村里没有大夫，看病要跑四十里。', theme: 'health' },
      { text: '路太窄，会车要倒半里地。', theme: 'roads' },
    ],
    others: ['卫生院的药不全。', '公路上落石，护栏坏了。', '医院太远，大夫也不够'],
  }
  const proposals = propose(given)
  expect(JSON.stringify(propose(given))).toBe(JSON.stringify(proposals))
  expect(proposals.map(({ theme }) => theme)).toEqual(['health', 'roads', 'health'])
  for (const { confidence, words } of proposals) {
    expect(confidence).toBeGreaterThan(0.5)
    expect(words.length).toBeLessThanOrEqual(5)
  }
  expect(proposals[0]?.words.join()).toContain('医疗')
})

test('few themes are told apart too: what the lists say of other things is of none of them', () => {
  const few = ['villages', 'towns', 'land']
  const some = opinions().filter(({ subject }) => few.includes(subject))
  const themes = subjects.filter(({ id }) => few.includes(id))
  const labelled = new Set(drawn(some, 30, 0))
  const others = some.filter((opinion) => !labelled.has(opinion))
  const assigned = [...labelled].map(({ text, subject: theme }) => ({ text, theme }))
  const proposals = propose({
    themes,
    assigned,
    others: others.map(({ text }) => text),
    draft: draftParagraphs(),
  })
  const right = others.filter(({ subject }, place) => proposals[place]?.theme === subject)
  expect(right.length / others.length).toBeGreaterThan(0.85)
})

test('without themes nothing is proposed, and with nothing assigned their names alone propose', () => {
  expect(propose({ themes: [], assigned: [], others: ['路太窄'] })).toEqual([])
  const themes = subjects.filter(({ id }) => id === 'health' || id === 'schools')
  const [found] = propose({
    themes,
    assigned: [],
    others: ['医院看病难', '医疗条件', '学校的老师', '教育公平'],
  })
  expect(found?.theme).toBe('health')
  expect(propose({ themes, assigned: [], others: ['', '？！'] })).toHaveLength(2)
})
