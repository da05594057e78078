import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Loader, transform } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { styleSheets } from '../../server/plugins/style-sheets.ts'
import { youngerScript, youngerStyle } from './younger-features.ts'

/*
 * The citizens' pages are usable in a WebView of 2018 (Chrome 70), so the site's scripts and its style have to be of that time.
 */
const folder = join(import.meta.dirname, '../../static')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')

/** A module with all that it imports, itself first. */
function modulesFrom(name: string, known = new Set<string>()): string[] {
  if (known.has(name)) return []
  known.add(name)
  const imported = [...read(name).matchAll(/^import (?:.* from )?'\.\/([\w-]+\.js)'/gm)].map(
    ([, file]) => file ?? '',
  )
  return [name, ...imported.flatMap((file) => modulesFrom(file, known))]
}

/** Whether what is written has to be written anew before a browser of 2018 can read it. */
async function isOld(code: string, loader: Loader): Promise<boolean> {
  const [old, now] = await Promise.all(
    ['chrome70', 'esnext'].map((target) => transform(code, { target, loader })),
  )
  return old?.code === now?.code && old?.warnings.length === 0
}

const withoutComments = (css: string) => css.replace(/\/\*.*?\*\//gs, '')

interface Block {
  selector: string
  rules: string
}

function blocksOf(css: string): Block[] {
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', rules = '']) => ({
    selector: selector.trim(),
    rules,
  }))
}

/** In a flex box gaps came with Chrome 84; in a grid they are as old as it is. */
const hasFlexGap = ({ rules }: Block) =>
  /(?:^|[\s;])(?:row-|column-)?gap:/.test(rules) && !/display:\s*(?:inline-)?grid/.test(rules)

/** A list of selectors falls as a whole where one of them is not known. */
const fallsWithAnother = ({ selector }: Block) =>
  selector.includes(',') && /:focus-visible|::highlight|::marker|::backdrop/.test(selector)

describe.each([...modulesFrom('site.js'), 'looking-up.js'])('%s', (name) => {
  test('has no syntax that a browser of 2018 cannot read', async () => {
    expect(await isOld(read(name), 'js')).toBe(true)
  })

  test.each(youngerScript)('does not need $what', ({ use }) => {
    expect(read(name)).not.toMatch(use)
  })
})

describe('site.css', () => {
  const css = withoutComments(styleSheets['site.css'].map((file) => readFileSync(file, 'utf8')).join('\n'))
  const blocks = blocksOf(css)

  test('has no syntax that a browser of 2018 cannot read', async () => {
    expect(await isOld(css, 'css')).toBe(true)
  })

  test.each(youngerStyle)('does not need $what', ({ use }) => {
    expect(css).not.toMatch(use)
  })

  test('sets gaps in grids alone', () => {
    expect(blocks.filter(hasFlexGap)).toEqual([])
  })

  test('a selector that is not known then stands alone, so that it takes no other rule with it', () => {
    expect(blocks.filter(fallsWithAnother)).toEqual([])
  })
})

/* Each of these guards is shown what it has to find. */
describe('what is younger is recognised', () => {
  test.each(['a?.b', 'a ?? b', 'a ||= b', 'class A { #b = 1 }', 'a ??= b', 'class A { static {} }'])(
    'as syntax: %s',
    async (code) => {
      expect(await isOld(code, 'js').catch(() => false)).toBe(false)
    },
  )

  test.each([
    'a { &:hover { color: red } }',
    'a { inset: 0 }',
    '@media (width >= 40em) { a { color: red } }',
  ])('as syntax: %s', async (css) => {
    expect(await isOld(css, 'css')).toBe(false)
  })

  test.each([...youngerScript, ...youngerStyle])('$what', ({ use, examples }) => {
    for (const example of examples) expect(example).toMatch(use)
  })

  test.each(['.a { display: flex; gap: 1rem }', '.a { display: flex; column-gap: 1rem; grid-column: 1 }'])(
    'a gap in a flex box: %s',
    (css) => {
      expect(blocksOf(css).filter(hasFlexGap)).toHaveLength(1)
    },
  )

  test('a list of selectors with one that is not known', () => {
    expect(blocksOf('a:hover, a:focus-visible { color: red }').filter(fallsWithAnother)).toHaveLength(1)
  })
})
