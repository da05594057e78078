interface Feature {
  /** What it is, with the version of Chrome in which it came. */
  what: string
  use: RegExp
  /** What `use` has to find. */
  examples: string[]
}

/** What scripts may call that came after Chrome 70. Of syntax only what the compiler does not tell of. */
export const youngerScript: Feature[] = [
  { what: 'String.replaceAll (85)', use: /\.replaceAll\(/, examples: ["a.replaceAll('b', 'c')"] },
  {
    what: 'at, findLast and copies of lists (92–110)',
    use: /\.(?:at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with)\(/,
    examples: ['a.at(-1)', 'a.findLast(b)', 'a.toSorted()'],
  },
  {
    what: 'Object.fromEntries, hasOwn and groupBy (73–117)',
    use: /Object\.(?:fromEntries|hasOwn|groupBy)\b/,
    examples: ['Object.fromEntries(a)', 'Object.hasOwn(a, b)'],
  },
  { what: 'String.matchAll (73)', use: /\.matchAll\(/, examples: ['a.matchAll(/b/g)'] },
  {
    what: 'globalThis, queueMicrotask and structuredClone (71–98)',
    use: /\b(?:globalThis|queueMicrotask|structuredClone)\b/,
    examples: ['globalThis.a', 'queueMicrotask(a)', 'structuredClone(a)'],
  },
  {
    what: 'Promise.allSettled and any (76–85)',
    use: /Promise\.(?:allSettled|any|withResolvers)\b/,
    examples: ['Promise.allSettled(a)', 'Promise.any(a)'],
  },
  {
    what: 'replaceChildren and checkVisibility (86–105)',
    use: /\.(?:replaceChildren|checkVisibility|setHTML)\(/,
    examples: ['a.replaceChildren(b)', 'a.checkVisibility()'],
  },
  {
    what: 'requestSubmit and submitter (76–81)',
    use: /\.requestSubmit\(|\bsubmitter\b/,
    examples: ['form.requestSubmit()', 'event.submitter', '({ submitter }) => submitter'],
  },
  {
    what: 'dialogs and popovers (37, styled later)',
    use: /\.(?:showModal|showPopover|togglePopover)\(/,
    examples: ['a.showModal()', 'a.showPopover()'],
  },
  { what: 'crypto.randomUUID (92)', use: /randomUUID/, examples: ['crypto.randomUUID()'] },
  {
    what: 'Intl.Segmenter and ListFormat (72–87)',
    use: /Intl\.(?:Segmenter|ListFormat|RelativeTimeFormat)\b/,
    examples: ['new Intl.Segmenter()'],
  },
  {
    what: 'selectors that came later (88–105)',
    use: /['"`][^'"`]*:(?:is|where|has|focus-visible|user-invalid)\b/,
    examples: ["all('.a:is(b, c)')", 'one("a:has(b)")', 'a.closest(`:where(p)`)'],
  },
  { what: 'separators in numbers (75)', use: /\b\d+_\d/, examples: ['1_000'] },
  { what: 'an htmx that has to be there', use: /\bhtmx\.\w+\(/, examples: ['htmx.process(a)'] },
]

/** What styles may hold that came after Chrome 70, and that leaves a page worse where it is not known. */
export const youngerStyle: Feature[] = [
  { what: ':has() (105)', use: /:has\(/, examples: ['a:has(b) {}'] },
  { what: ':is() and :where() (88)', use: /:(?:is|where)\(/, examples: ['a:is(b, c) {}', ':where(a) {}'] },
  { what: 'lists in :not() (88)', use: /:not\([^()]*,/, examples: ['a:not(.b, .c) {}'] },
  { what: 'aspect-ratio (88)', use: /aspect-ratio:/, examples: ['a { aspect-ratio: 1 }'] },
  {
    what: 'inset (87)',
    use: /[\s;{]inset(?:-\w+)*:/,
    examples: ['a { inset: 0 }', 'a{inset-inline-start:0}'],
  },
  {
    what: 'min(), max() and clamp() (79)',
    use: /[\s:(,](?:min|max|clamp)\(/,
    examples: [
      'a { width: min(1rem, 50%) }',
      'a { width:max(1rem, 50%) }',
      'a { width: calc(clamp(1rem, 2vw, 3rem)) }',
    ],
  },
  {
    what: 'logical margins (87)',
    use: /(?:margin|padding|border)-(?:inline|block)/,
    examples: ['a { margin-inline: auto }', 'a { padding-block: 0 }'],
  },
  {
    what: 'layers, containers, scopes and registered properties (85–118)',
    use: /@(?:layer|container|scope|property|starting-style)\b/,
    examples: ['@layer a {}', '@container (width > 1px) {}', '@property --a {}'],
  },
  {
    what: 'mixed and wide colours (111)',
    use: /color-mix\(|ok(?:lch|lab)\(|light-dark\(|\b(?:hwb|lab|lch)\(/,
    examples: [
      'a { color: color-mix(in srgb, red, blue) }',
      'a { color: oklch(0 0 0) }',
      'a { color: light-dark(a, b) }',
    ],
  },
  {
    what: 'dynamic heights (108)',
    use: /\d[dsl]v[hw]\b/,
    examples: ['a { height: 100dvh }', 'a { width: 100svw }'],
  },
  {
    what: 'units of lines and characters (109)',
    use: /\d(?:r?lh|cap|ic)\b/,
    examples: ['a { height: 2lh }', 'a { width: 10ic }'],
  },
  {
    what: 'transforms of their own (104)',
    use: /[\s;{](?:translate|rotate|scale):/,
    examples: ['a { translate: 0 1px }', 'a{rotate:1deg}'],
  },
  {
    what: 'overflow: clip and content-visibility (85–90)',
    use: /overflow(?:-[xy])?:\s*clip|content-visibility:/,
    examples: ['a { overflow: clip }', 'a { overflow-x:clip }', 'a { content-visibility: auto }'],
  },
  {
    what: 'subgrid and masonry (117)',
    use: /\b(?:subgrid|masonry)\b/,
    examples: ['a { grid-template-columns: subgrid }'],
  },
  {
    what: 'overflow-wrap: anywhere (80) with nothing older before it',
    use: /\{(?![^}]*word-break: break-word)[^}]*overflow-wrap:\s*anywhere/,
    examples: ['a { overflow-wrap: anywhere }', 'a { color: red; overflow-wrap:anywhere }'],
  },
]
