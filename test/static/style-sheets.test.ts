import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zh } from '../../server/locales/zh.ts'
import { styleSheets } from '../../server/plugins/style-sheets.ts'

const root = join(import.meta.dirname, '../..')
const files = globSync('static/styles/**/*.css', { cwd: root }).map((name) => join(root, name))
const read = (file: string) => readFileSync(file, 'utf8')
const withoutComments = (css: string) => css.replace(/\/\*.*?\*\//gs, '')
const css = withoutComments(files.map(read).join('\n'))

const found = (pattern: RegExp) => new Set([...css.matchAll(pattern)].map(([, name = '']) => name))
const declared = found(/(--[\w-]+):/g)
const used = found(/var\((--[\w-]+)/g)
const classes = found(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)

const texts = (pattern: string) => globSync(pattern, { cwd: root }).map((name) => read(join(root, name)))

/** What the pages say in their classes, in those that they hand to a fragment as its `look`, and the scripts anywhere. */
const given = [
  ...texts('views/**/*.eta').flatMap((page) =>
    [...page.matchAll(/class="([^"]*)"|\blook(?::| =) (.*)|const classes = (.*)/g)].map(([text]) => text),
  ),
  ...texts('static/*.js'),
].join('\n')
/** How the later round came out of the earlier is a class of its row. */
const relations = Object.keys(zh.compare.relations)

/** Written out, or composed as `state-<%= … %>`. */
function isGiven(name: string): boolean {
  const prefix = name.replace(/-.*/, '-')
  const isWritten = new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(given)
  return isWritten || given.includes(`${prefix}<%`) || relations.includes(name)
}

test('every component stands once in the list that says their order', () => {
  expect(Object.values(styleSheets).flat().sort()).toEqual([...files].sort())
})

test('what is declared is used, and what is used is declared', () => {
  expect([...declared].filter((name) => !used.has(name))).toEqual([])
  expect([...used].filter((name) => !declared.has(name))).toEqual([])
})

test('a class that is styled is given to something', () => {
  expect(classes.size).toBeGreaterThan(200)
  expect([...classes].filter((name) => !isGiven(name))).toEqual([])
})

test('the spaces within things and between them are taken from the scale', () => {
  expect(css.match(/(?:margin|padding|gap)[\w-]*:[^;]*\drem[^;]*/g) ?? []).toEqual([])
})
