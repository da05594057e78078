import { withoutBlanks } from '../outlining/blanks.ts'

/** An answer that may be ticked; `sounds` finds its word wherever it stands (give it no flags). */
export interface TickWord<Value extends string> {
  value: Value
  sounds: RegExp
}

type Token<Value> = { kind: 'tick' | 'box' | 'gap' | 'other' } | { kind: 'word'; value: Value }

/* U+F0FC and the like are Wingdings, as word processors keep a symbol that was inserted. */
const tick =
  /^(?:[√✓✔✅☑☒■●◉\uf0fe\uf052\uf0fc]\ufe0f?|[（([【]\s*[√✓✔xXvV是]\s*[）)\]】]|是|(?<![\w])[vVxX](?![\w]))/u
const marks = /[√✓✔✅☑☒■●◉□☐○◯\uf0fe\uf052\uf0fc\uf0a8\uf06f\uf0a3（）()[\]【】，、,;；/。vVxX是]/gu
const box = /^(?:[□☐○◯\uf0a8\uf06f\uf0a3]|[（([【]\s*[）)\]】])/u

/** A cell of answers is short; where somebody wrote an essay into it, nothing is ticked. */
const longestCell = 400

/**
 * Which of the answers printed in a cell (□赞成　□修改) somebody has chosen: by a tick in the place of the box, beside it or
 * beside the word, or by leaving only that word. A tick that might belong to either of two words chooses none.
 */
export function ticked<Value extends string>(cell: string, answers: readonly TickWord<Value>[]): Value[] {
  if (cell.length > longestCell) return []
  const tokens = tokensOf(cell, answers)
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.value] : []))
  if (!tokens.some(({ kind }) => kind === 'tick')) {
    const isBoxed = tokens.some(({ kind }) => kind === 'box')
    const [only, ...others] = new Set(words)
    return only && others.length === 0 && !isBoxed ? [only] : []
  }
  return [...new Set(tokens.flatMap((token, place) => (token.kind === 'tick' ? ownerOf(tokens, place) : [])))]
}

function tokensOf<Value extends string>(cell: string, answers: readonly TickWord<Value>[]): Token<Value>[] {
  const tokens: Token<Value>[] = []
  for (let rest = cell; rest !== ''; ) {
    const [length, token] = tokenAt(rest, answers)
    tokens.push(token)
    rest = rest.slice(length)
  }
  return tokens
}

function tokenAt<Value extends string>(
  text: string,
  answers: readonly TickWord<Value>[],
): [number, Token<Value>] {
  const first = text.charAt(0)
  if (withoutBlanks(first) === '') return [1, { kind: 'gap' }]
  for (const { value, sounds } of answers) {
    const found = new RegExp(`^(?:${sounds.source})`, 'u').exec(text)
    if (found) return [found[0].length, { kind: 'word', value }]
  }
  const ticks = tick.exec(text)
  if (ticks) return [ticks[0].length, { kind: 'tick' }]
  const boxes = box.exec(text)
  if (boxes) return [boxes[0].length, { kind: 'box' }]
  return [String.fromCodePoint(text.codePointAt(0) ?? 0).length, { kind: 'other' }]
}

/** The word that a tick belongs to: the one that it touches; of two, the one that has no box of its own. */
function ownerOf<Value extends string>(tokens: Token<Value>[], place: number): Value[] {
  const before = wordBeside(tokens, place, -1)
  const after = wordBeside(tokens, place, 1)
  if (!before || !after) return [before ?? after].flatMap((word) => (word ? [word.value] : []))
  if (boxesStandBehind(tokens)) return [before.value]
  if (before.gap !== after.gap) return [before.gap ? after.value : before.value]
  return before.boxed ? [after.value] : []
}

/** The next word in a direction, unless a box or another tick stands in between; and how it is set apart. */
function wordBeside<Value extends string>(tokens: Token<Value>[], place: number, step: 1 | -1) {
  let at = place + step
  while (tokens[at]?.kind === 'gap') at += step
  const token = tokens[at]
  if (token?.kind !== 'word') return null
  return { value: token.value, gap: at !== place + step, boxed: isMark(tokens[at - 1]) }
}

/** 赞成（ ）修改（√） */
function boxesStandBehind(tokens: Token<string>[]): boolean {
  const printed = tokens.filter(({ kind }) => kind !== 'gap')
  return printed[0]?.kind === 'word' && isMark(printed.at(-1))
}

function isMark(token: Token<string> | undefined): boolean {
  return token?.kind === 'box' || token?.kind === 'tick'
}

/** What was written into such a cell besides ticks, its words and its printed hints. */
export function besidesTicks(cell: string, answers: readonly TickWord<string>[], hints = ''): string {
  let rest = withoutBlanks(cell).replace(withoutBlanks(hints), '')
  for (const { sounds } of answers) rest = rest.replace(new RegExp(sounds.source, 'gu'), '')
  return rest.replace(/\ufe0f/gu, '').replace(marks, '')
}
