import type { RowError } from './intake-letter.ts'

/** Errors of one kind: where they stand, and what is wrong with all of them. */
export interface FoldedErrors {
  /** `第 3–41、57 行` */
  rows: string
  /** The words that they share; “…” where they differ. */
  message: string
  /** Each by itself, where they differ. */
  each: RowError[]
}

const mostRanges = 30
/** What one error of a kind says otherwise than the next: what stands in the cell, and how long it is. */
const particulars = /(“[^”]{0,60}”|\d+)/

/** Folds what is wrong with the rows of a table: a mistake made in 500 rows is one sentence that names them. */
export function foldErrors(errors: readonly RowError[]): FoldedErrors[] {
  const kinds = new Map<string, RowError[]>()
  for (const error of errors) {
    const kind = partsOf(error.message)
      .filter((_, i) => i % 2 === 0)
      .join('\0')
    kinds.set(kind, [...(kinds.get(kind) ?? []), error])
  }
  return [...kinds.values()].map((some) => ({
    rows: nameRows(some.map(({ row }) => row)),
    message: sharedWords(some.map(({ message }) => message)),
    each: some.some(({ message }) => message !== some[0]?.message) ? some : [],
  }))
}

/** `第 3–41、57 行`; of very many ranges the first, with how many rows there are in all. */
export function nameRows(rows: readonly number[]): string {
  const sorted = [...new Set(rows)].sort((a, b) => a - b)
  const ranges: [first: number, last: number][] = []
  for (const row of sorted) {
    const range = ranges.at(-1)
    if (range?.[1] === row - 1) range[1] = row
    else ranges.push([row, row])
  }
  const names = ranges
    .slice(0, mostRanges)
    .map(([first, last]) => (first === last ? first : `${first}${last === first + 1 ? '、' : '–'}${last}`))
  return `第 ${names.join('、')} 行${ranges.length > mostRanges ? `等 ${sorted.length} 行` : ''}`
}

function sharedWords(messages: string[]): string {
  const [first = [], ...others] = messages.map(partsOf)
  return first
    .map((part, i) => {
      if (others.every((parts) => parts[i] === part)) return part
      return part.startsWith('“') ? '“…”' : '…'
    })
    .join('')
}

/** A message's words, and between them its particulars. */
function partsOf(message: string): string[] {
  return message.split(particulars)
}
