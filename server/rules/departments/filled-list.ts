import { type Outcome, outcomeNames } from '../answers/responses.ts'
import { isUnstorable } from '../typed.ts'

/** The columns of the list that goes out to a unit without accounts, by which it is read when it comes back. */
export const listColumns = {
  key: '编号（请勿改动）',
  kind: '类别',
  clause: '条款',
  clauseText: '条款原文',
  text: '意见内容',
  outcome: '采纳情况',
  reason: '理由',
} as const

/** A row of a filled list that says what a thing is answered. */
export interface FilledRow {
  row: number
  key: string
  outcome: Outcome
  reason: string
}

/** A row that is not taken, with why. */
export interface UnmatchedRow {
  row: number
  key: string
  said: string
  why: string
}

export interface FilledList {
  filled: FilledRow[]
  unmatched: UnmatchedRow[]
  /** How many rows nobody has filled in. */
  blank: number
}

interface ReadRow {
  number: number
  cells: string[]
}

const longestReason = 2000

/**
 * What a filled list says, row by row: nothing is guessed, and what is not whole is told.
 * @param open the keys of what the department has still to answer
 * @returns null where no row names the columns
 */
export function readFilledList(
  rows: readonly ReadRow[],
  open: { has(key: string): boolean },
): FilledList | null {
  const header = rows.findIndex(({ cells }) => cells.includes(listColumns.key))
  const names = rows[header]?.cells ?? []
  const places = (['key', 'outcome', 'reason'] as const).map((name) => names.indexOf(listColumns[name]))
  if (header < 0 || places.includes(-1)) return null
  const read = rows.slice(header + 1).map(({ number, cells }) => {
    const [key = '', outcome = '', reason = ''] = places.map((place) => cells[place] ?? '')
    return { row: number, key, outcome, reason }
  })
  return judged(read, open)
}

/** The same of rows that were read before, since what is open may have changed. */
export function judged(
  rows: readonly { row: number; key: string; outcome: string; reason: string }[],
  open: { has(key: string): boolean },
): FilledList {
  const list: FilledList = { filled: [], unmatched: [], blank: 0 }
  const seen = new Set<string>()
  for (const { row, key, outcome, reason } of rows) {
    if (outcome === '' && reason === '') {
      list.blank += 1
      continue
    }
    const known = outcomeOf(outcome)
    const why = problem({ key, reason }, known, seen, open)
    if (why === null && known) list.filled.push({ row, key, outcome: known, reason })
    else list.unmatched.push({ row, key, said: [outcome, reason].filter(Boolean).join('：'), why: why ?? '' })
    seen.add(key)
  }
  return list
}

function outcomeOf(said: string): Outcome | null {
  const [found] = Object.entries(outcomeNames).find(([key, name]) => name === said || key === said) ?? []
  return (found as Outcome | undefined) ?? null
}

function problem(
  { key, reason }: { key: string; reason: string },
  outcome: Outcome | null,
  seen: ReadonlySet<string>,
  open: { has(key: string): boolean },
): string | null {
  if (key === '') return '没有编号'
  if (seen.has(key)) return '同一编号前面已经有一行'
  if (!open.has(key)) return '编号不在本单位待答复的清单里，或者已经答复'
  if (outcome === null) return `采纳情况请填：${Object.values(outcomeNames).join('、')}`
  if (reason === '') return '没有填写理由'
  if (isUnstorable(reason)) return '理由里有无法保存的字符，请删去后重新填写'
  const length = [...reason].length
  return length > longestReason ? `理由最多 ${longestReason} 个字，现在是 ${length} 个字` : null
}
