import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const views = globSync('views/**/*.eta', { cwd: root }).map((name) => ({
  name,
  lines: readFileSync(join(root, name), 'utf8').split('\n'),
}))
const placesOf = (isIt: (line: string) => boolean) =>
  views.flatMap(({ name, lines }) => lines.flatMap((line, i) => (isIt(line) ? [`${name}:${i + 1}`] : [])))

test('no line of a view is longer than a reader follows', () => {
  expect(views.length).toBeGreaterThan(100)
  expect(placesOf((line) => [...line].length > 160)).toEqual([])
})

test('nothing stands in a page unescaped but other views, and what a control holds, which is escaped there', () => {
  const isKnown = /^<%[-_]?~ (include\(('[\w./-]+'|besides\)|fields, )|it\.asTyped\(|it\.body )/
  const raw = /<%[-_]?\s*~.*?(%>|$)/g
  expect(placesOf((line) => [...line.matchAll(raw)].some(([tag]) => !isKnown.test(tag)))).toEqual([])
  expect(placesOf((line) => line.includes('<%~')).length).toBeGreaterThan(300)
})

test.each([
  ['the token of a form', 'name="_csrf"', 'views/shared/_form.eta'],
  ['the summary of its errors', '<div class="error-summary', 'views/shared/_errors.eta'],
])('%s is written once', (_what, written, there) => {
  expect(placesOf((line) => line.includes(written))).toEqual([expect.stringContaining(there)])
})
