import { typedTicks } from '../typed.ts'

/** A row that was read and is looked at before it is kept. */
export interface PackedRow {
  row: number
  key: string
  outcome: string
  reason: string
}

/** Characters of one field, and of all of them: what a form may hold, with room for the rest of it. */
const [longestField, longestOfAll] = [50_000, 600_000]

/** The rows as hidden fields of a form hold them; null where they are more than one holds. */
export function packedRows(rows: readonly PackedRow[]): string[] | null {
  const fields: PackedRow[][] = []
  let room = 0
  for (const one of rows) {
    const { length } = JSON.stringify(one)
    if (fields.length === 0 || length + 1 > room) {
      fields.push([])
      room = longestField
    }
    fields.at(-1)?.push(one)
    room -= length + 1
  }
  const packed = fields.map((each) => JSON.stringify(each))
  return packed.reduce((sum, { length }) => sum + length, 0) > longestOfAll ? null : packed
}

/** The rows that a form sends back; whatever is no row of ours is left out. */
export function sentRows(form: unknown): PackedRow[] {
  return typedTicks(form, 'rows').flatMap((field) => {
    const rows = parsed(field)
    return Array.isArray(rows) ? rows.flatMap((one) => (isRow(one) ? [one] : [])) : []
  })
}

function parsed(field: string): unknown {
  try {
    return JSON.parse(field)
  } catch {
    return null
  }
}

function isRow(one: unknown): one is PackedRow {
  const [row, key, outcome, reason] = ['row', 'key', 'outcome', 'reason'].map((name): unknown =>
    Reflect.get(Object(one), name),
  )
  return (
    Number.isInteger(row) &&
    typeof key === 'string' &&
    typeof outcome === 'string' &&
    typeof reason === 'string'
  )
}
