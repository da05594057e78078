import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const guide = globSync('docs/guide/*.md', { cwd: root })

test('every picture that README.md and the guide show is there, and none lies unused', () => {
  const shown = ['README.md', ...guide].flatMap((name) =>
    [...read(name).matchAll(/pictures\/([\w-]+\.png)/g)].map(([, picture]) => picture),
  )
  expect([...new Set(shown)].sort()).toEqual(readdirSync(join(root, 'docs/pictures')).sort())
})

test.each(guide)('what %s quotes of a page stands on one', (name) => {
  const pages = [
    'views/**/*.eta',
    'server/{locales,rules,office,moderation,plugins}/**/*.ts',
    'static/words.js',
  ]
  const sources = globSync(pages, { cwd: root })
  const written = sources.map(read).join('\n')
  const quoted = [...read(name).matchAll(/「([^」]+)」/g)].map(([, label = '']) => label)
  // Where a page puts in a number or a name, what stands before and after it is looked for.
  const unknown = quoted.filter(
    (label) => !label.split(/ ?\d+ ?|：|…/).every((piece) => written.includes(piece)),
  )
  expect(unknown).toEqual([])
})
