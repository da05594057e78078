import { expect, test } from 'vitest'
import { bulkForm, shownBefore } from '../../../server/rules/answers/response-bulks.ts'

const answers = (count: number, notAdopted = 0) =>
  Array.from({ length: count }, (_, id) => ({ id, outcome: id < notAdopted ? 'not_adopted' : 'adopted' }))

test('each 未采纳 is shown and 10 of the others, 20 where there are more than 200', () => {
  for (const [count, most] of [
    [200, 10],
    [201, 20],
  ] as const) {
    const { notAdopted, drawn, others } = shownBefore(answers(count, 30))
    expect(notAdopted.map(({ id }) => id)).toEqual(answers(30).map(({ id }) => id))
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(most)
    expect(drawn.every(({ id }) => id >= 30)).toBe(true)
    expect(others).toBe(count - 30)
  }
  expect(shownBefore(answers(3)).drawn).toEqual(answers(3))
})

test('which of the others are shown is chance: in 200 draws each of 12 is left out of some', () => {
  const leftOut = new Set<number>()
  for (let round = 0; round < 200; round++) {
    const drawn = shownBefore(answers(12)).drawn.map(({ id }) => id)
    for (const { id } of answers(12)) if (!drawn.includes(id)) leftOut.add(id)
  }
  expect(leftOut.size).toBe(12)
})

test('the number is typed for more than 200, in whatever width of figures', () => {
  const wrong = (count: number, number: string) => bulkForm('approve', count).sent({ number }).errors.length
  expect([wrong(200, ''), wrong(201, ''), wrong(201, '200'), wrong(201, '２０１')]).toEqual([0, 1, 1, 0])
})
