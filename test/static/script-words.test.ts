import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../static')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

/** The names of one language's words, those within words too. */
function namesIn(language: string): string[] {
  const [, inside = ''] =
    new RegExp(`^const ${language} = \\{$([\\s\\S]*?)^\\}$`, 'm').exec(read('words.js')) ?? []
  return [...inside.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name)
}

test('the scripts say everything in both languages', () => {
  expect(namesIn('zh').length).toBeGreaterThan(20)
  expect(namesIn('en')).toEqual(namesIn('zh'))
})

/** A module with all that it imports. */
function modules(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known
  known.add(name)
  for (const [, file = ''] of read(name).matchAll(/^import (?:.*?from )?'\.\/([\w-]+\.js)'/gm))
    modules(file, known)
  for (const [, file = ''] of read(name).matchAll(/^\} from '\.\/([\w-]+\.js)'/gm)) modules(file, known)
  return known
}

test.each([
  ['brotli', brotliCompressSync],
  ['gzip', gzipSync],
])('all that a telephone fetches of scripts is no more than 25 kB by %s', (_, compress) => {
  const files = [...modules('site.js')]
  expect(files.length).toBeGreaterThan(15)
  const bytes = files.reduce((sum, name) => sum + compress(Buffer.from(read(name))).length, 0)
  expect(bytes).toBeLessThanOrEqual(25_000)
})
