import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const docs = join(import.meta.dirname, '../docs')
const text = readFileSync(join(docs, 'security.md'), 'utf8')
const matchesOf = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** Files by their place in the repository; links by theirs beside the document. */
const named = matchesOf(/`((?:db|docs|server|static|test|views)\/[^`*]+)`/g).map((path) =>
  join(docs, '..', path),
)
const linked = matchesOf(/\]\((?!https?:)([^)#]+)/g).map((path) => join(docs, path))

test('every file that docs/security.md names is there', () => {
  expect(named.length).toBeGreaterThan(100)
  expect(linked.length).toBeGreaterThan(10)
  expect([...new Set([...named, ...linked])].filter((path) => !existsSync(path))).toEqual([])
})

test('each part of a requirement that is not met stands among what is not met', () => {
  const [answers = '', unmet = ''] = text.split('\n## 5. What is not met\n')
  const rows = answers
    .split('\n')
    .filter((line) => /^\| [\d, .–()L]+/.test(line) && /\b(part|not met)\b/.test(line))
  const numbers = rows.map((row) => /\d+\.\d+(\.\d+)?/.exec(row)?.[0] ?? row)
  expect(numbers.length).toBeGreaterThan(20)
  expect(numbers.filter((number) => !mentioned(unmet, number))).toEqual([])
})

/** By its own number, or by that of its section. */
function mentioned(list: string, number: string): boolean {
  const section = number.split('.').slice(0, 2).join('.')
  return [number, `${section},`, `${section} `].some((one) => list.includes(one))
}
