import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countedSteps } from './counted-steps.ts'
import { expressions, readingFiles, root } from './expressions.ts'
import { hostileTexts } from './hostile-texts.ts'

const length = 500
/** V8 takes some hundred in a microsecond. */
const stepsEach = 150

/** The most steps that an expression takes for each character of a text, and the text's beginning. */
function worstOf(expression: RegExp): [steps: number, text: string] {
  let worst: [number, string] = [0, '']
  for (const text of hostileTexts(expression, length)) {
    const steps = countedSteps(expression, text, 10 * stepsEach * length) / length
    if (steps > worst[0]) worst = [steps, text.slice(0, 12)]
  }
  return worst
}

test('every expression by which texts are read takes a few steps for each character, whatever the text', async () => {
  const slow = (await expressions()).flatMap(({ file, expression }) => {
    const [steps, text] = worstOf(expression)
    return steps > stepsEach ? [{ file, expression, steps, text }] : []
  })
  expect(slow).toEqual([])
})

test.each([
  [/[\w.+-]+ ?@ ?[a-z0-9-]+/g],
  [/(?<!附议\s*\d*)(?<number>\d+)\s*人次/g],
  [/(?:意见|办法)(?:[（(][^）)]*[）)])*$/u],
  [/^[\s.]+|[\s.]+$/g],
  [/^(?:a+)+$/],
  [/^[^@]+@[^@]+\.[^@]+$/],
])('%s takes more', (expression) => {
  expect(worstOf(expression)[0]).toBeGreaterThan(stepsEach)
})

test('of every file that puts expressions together one is known', async () => {
  const known = new Set((await expressions()).map(({ file }) => file))
  const making = readingFiles.filter((file) => readFileSync(join(root, file), 'utf8').includes('new RegExp('))
  expect(making.length).toBeGreaterThan(8)
  expect(making.filter((file) => !known.has(file) && !file.endsWith('/base32.ts'))).toEqual([])
})
