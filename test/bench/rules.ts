import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MarkedSpan } from '../../server/rules/moderation/redactions.ts'
import { clauseFinder } from '../../server/text/cutting/clause-finder.ts'
import { readLetter } from '../../server/text/cutting/read-letter.ts'
import { type Expression, expressions, readingFiles, root } from '../text/expressions.ts'
import { hostileTexts } from '../text/hostile-texts.ts'

/** As long as a comment may be. */
const length = 5_000
const most = 5
/** From here on it is measured again, twenty times: first runs are slower, and others have the processor too. */
const noticeable = 1
const shown = 30

type Rule = (...given: unknown[]) => unknown

/** How rules are called that read more than texts; every other is given the text for each thing that it takes. */
const calls: Readonly<Record<string, (rule: Rule, text: string) => unknown>> = {
  ...Object.fromEntries(
    ['proposedSpans', 'uncheckedSpans'].map((name) => [
      name,
      (rule: Rule, body: string) => rule({ body, wording: null }),
    ]),
  ),
  placesOfText: (rule, body) => rule({ body, wording: null }, [...body][0]),
  piecesOf: (rule, body) => rule(body, everyOther(body), 'body'),
  redacted: (rule, body) => rule({ body, wording: null }, everyOther(body)),
  differences: (rule, text) => rule(text, turned(text)),
  proposedDifference: (rule, text) => rule(text, { proposal: 'amend', wording: turned(text), quote: null }),
  ownSentences: (rule, text) => rule(text, turned(text)),
  wrongNumbers: (rule, text) =>
    rule(text, { states: {}, channels: {}, outcomes: {}, received: 0, people: 0, late: 0, admitted: 0 }),
  proposedCuts: (rule, text) => rule(text, clausesOf(text)),
  cutsWith: (rule, text) => rule(text, finderOf(text)),
  citedClause: (rule, text) => rule(text, clausesOf(text)),
  ...Object.fromEntries(
    ['clauseFinder', 'tellingPairs', 'pathResolver'].map((name) => [
      name,
      (rule: Rule, text: string) => rule(clausesOf(text)),
    ]),
  ),
  courtesies: (rule, text) => rule(readLetter(text).sentences),
}
/** What reads no text, and would take one apart all the same. */
const takesNone = new Set([
  'receiptCode',
  'receiptNumber',
  'toBase32',
  'lowerTitle',
  'replaceUnits',
  'detailInWords',
  'beginsPoint',
])

/** A text as long and of as many words, none of which stands in the other. */
function turned(text: string): string {
  return Array.from(text, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 41)).join('')
}

/** Two hundred clauses that together say what the text says. */
const clausesOf = kept((text) =>
  Array.from({ length: 200 }, (_, i) => ({
    ...{ key: `p${i}`, citation: `第${i}条`, name: '' },
    text: text.slice((i * length) / 200, ((i + 1) * length) / 200),
  })),
)

const finderOf = kept((text) => clauseFinder(clausesOf(text)))

/** What is read once for a text, whatever is then measured with it. */
function kept<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const value = made.get(text) ?? make(text)
    made.set(text, value)
    return value
  }
}

function everyOther(text: string): MarkedSpan[] {
  return Array.from({ length: Math.floor([...text].length / 2) }, (_, i) => ({
    ...{ field: 'body', by: 'finder', kind: 'other', hidden: true },
    ...{ start: 2 * i, end: 2 * i + 1 },
  }))
}

/** `npm run bench -- rules`: the longest that each rule takes for one comment, whatever somebody writes into it. */
export async function measureRules(): Promise<void> {
  const known = await expressions()
  const worst: { rule: string; text: string; milliseconds: number }[] = []
  for (const file of readingFiles.filter((file) => !/documents\/(?!reading)/.test(file))) {
    const texts = textsFor(file, known)
    const rules: Record<string, unknown> = await import(join(root, file))
    for (const [name, rule] of Object.entries(rules)) {
      if (typeof rule === 'function' && !/^[A-Z]/.test(name) && !takesNone.has(name))
        worst.push({ rule: `${file} ${name}`, ...longest(name, rule as Rule, texts) })
    }
  }
  worst.sort((a, b) => b.milliseconds - a.milliseconds)
  for (const { rule, text, milliseconds } of worst.slice(0, shown)) {
    const begins = JSON.stringify(text.slice(0, 12))
    process.stdout.write(`${milliseconds.toFixed(1).padStart(9)} ms  ${rule.padEnd(72)}${begins}\n`)
  }
  const over = worst.filter(({ milliseconds }) => milliseconds > most).length
  process.stdout.write(`${worst.length} rules, ${over} over ${most} ms\n`)
}

/** Texts that are hostile to the expressions of a file and of all that it imports. */
function textsFor(file: string, known: Expression[]): string[] {
  const files = importedBy(file)
  const own = known.filter((one) => files.has(one.file))
  return [...new Set(own.flatMap(({ expression }) => [...hostileTexts(expression, length)]))]
}

function importedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = readFileSync(join(root, file), 'utf8')
  for (const [, path = ''] of code.matchAll(/ from '(\.[^']+)'/g)) importedBy(join(dirname(file), path), seen)
  return seen
}

function longest(name: string, rule: Rule, texts: string[]): { text: string; milliseconds: number } {
  const call = calls[name] ?? ((rule: Rule, text: string) => rule(...Array(rule.length || 1).fill(text)))
  let found = { text: '', milliseconds: 0 }
  for (const text of texts) {
    let milliseconds = Number.POSITIVE_INFINITY
    for (let run = 0; run < 20 && milliseconds > Math.max(noticeable, found.milliseconds); run++) {
      milliseconds = Math.min(
        milliseconds,
        timed(() => call(rule, text)),
      )
    }
    if (milliseconds > found.milliseconds) found = { text, milliseconds }
  }
  return found
}

function timed(run: () => unknown): number {
  const begun = performance.now()
  try {
    const made = run()
    if (made instanceof Promise) made.catch(() => {})
    else if (made !== null && typeof made === 'object' && Symbol.iterator in made)
      Array.from(made as Iterable<unknown>)
  } catch {
    // It takes no texts.
  }
  return performance.now() - begun
}
