import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { describe, expect, test } from 'vitest'

/*
 * The citizens' pages are usable in a WebView of 2018 (Chrome 70). htmx is younger; where it does not run, the links and
 * forms lead to pages. So the site's own scripts and its style have to be of that time.
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

/** What came after Chrome 70, with the version in which it came. */
const younger: [string, RegExp][] = [
  ['String.replaceAll (85)', /\.replaceAll\(/],
  ['Array.at (92)', /\.at\(/],
  ['Object.fromEntries (73)', /Object\.fromEntries/],
  ['String.matchAll (73)', /\.matchAll\(/],
  ['globalThis (71)', /\bglobalThis\b/],
  ['Promise.allSettled (76)', /Promise\.(?:allSettled|any)/],
  ['structuredClone (98)', /structuredClone/],
  ['replaceChildren (86)', /\.replaceChildren\(/],
  ['dialog (37, modal styles later)', /showModal/],
  ['an htmx that has to be there', /\bhtmx\.\w+\(/],
]

describe.each(modulesFrom('site.js'))('%s', (name) => {
  test('has no syntax that a browser of 2018 cannot read', async () => {
    const [old, now] = await Promise.all(
      ['chrome70', 'esnext'].map((target) => transform(read(name), { target })),
    )
    expect(old?.code).toBe(now?.code)
  })

  test.each(younger)('does not need %s', (_, use) => {
    expect(read(name)).not.toMatch(use)
  })
})

describe('site.css', () => {
  const css = read('site.css').replace(/\/\*.*?\*\//gs, '')
  const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', rules = '']) => ({
    selector: selector.trim(),
    rules,
  }))

  test('has no syntax that a browser of 2018 cannot read', async () => {
    const [old, now] = await Promise.all(
      ['chrome70', 'esnext'].map((target) => transform(css, { target, loader: 'css' })),
    )
    expect(old?.code).toBe(now?.code)
    expect(old?.warnings).toEqual([])
  })

  test('sets gaps in grids alone: in a flex box they came with Chrome 84', () => {
    const flex = blocks.filter(
      ({ rules }) => /(?:^|[\s;])(?:row-|column-)?gap:/.test(rules) && !rules.includes('grid'),
    )
    expect(flex).toEqual([])
  })

  test.each([
    [':has() (105)', /:has\(/],
    [':is() and :where() (88)', /:(?:is|where)\(/],
    ['aspect-ratio (88)', /aspect-ratio:/],
    ['inset (87)', /[\s;]inset(?:-\w+)*:/],
    ['min(), max() and clamp() (79)', /[\s:(](?:min|max|clamp)\(/],
    ['logical margins (87)', /(?:margin|padding)-(?:inline|block)/],
    ['layers and containers (99)', /@(?:layer|container|scope)/],
    ['mixed colours (111)', /color-mix\(|oklch\(/],
    ['dynamic heights (108)', /\d[dsl]vh/],
  ])('does not need %s', (_, use) => {
    expect(css).not.toMatch(use)
  })

  test('a selector that is not known then stands alone, so that it takes no other rule with it', () => {
    const unknown = blocks.filter(({ selector }) => /:focus-visible|::highlight|::marker/.test(selector))
    for (const { selector } of unknown) expect(selector).not.toContain(',')
  })
})
