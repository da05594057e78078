import type { Relation } from '../../rules/drafts/clause-relations.ts'
import { type Difference, differences } from '../../text/comparing/differences.ts'
import { printLabel, printUnit } from '../../text/outlining/print.ts'

interface ComparedUnit {
  key: string | null
  label: string | null
  citation: string
  text: string
}

/** A clause of the old round, where the new one carries it on or drops it. */
export interface OldWording {
  key: string
  citation: string
  /** With the gap before its words; empty where it has no number. */
  label: string
  text: string
}

/** A place in the comparison of two rounds, in the order of the new one. */
export type ComparedRow =
  | { kind: 'heading'; text: string }
  | {
      kind: 'clause'
      key: string
      citation: string
      label: string
      text: string
      relation: Relation
      old: OldWording[]
      /** Old and new text word by word; the old ones joined where there are several. */
      differences: Difference[]
      /** The office's 说明; null where it gives none. */
      reason: string | null
    }
  | { kind: 'deleted'; old: OldWording; reason: string | null }

/**
 * Sets two rounds against one another.
 * @param sources for the position of each clause of `after`, the keys of `before` whose text it carries on
 * @param relations what a person confirmed for a position; where it says nothing it follows from the texts
 * @param reasons the office's 说明, by key
 * @returns the units of `after` in order; a clause that was dropped stands after the one that it followed
 */
export function compareRounds(
  before: ComparedUnit[],
  after: ComparedUnit[],
  sources: ReadonlyMap<number, readonly string[]>,
  relations: ReadonlyMap<number, Relation>,
  reasons: ReadonlyMap<string, string>,
): ComparedRow[] {
  const old = new Map(
    before.flatMap((unit) => (unit.key === null ? [] : [[unit.key, wordingOf(unit, unit.key)]])),
  )
  const carried = new Set([...sources.values()].flat())
  const dropped = droppedAfter(before, carried)
  const told = new Set<string>()
  const deleted = (key: string | null): ComparedRow[] => {
    if (told.has(key ?? '')) return []
    told.add(key ?? '')
    return (dropped.get(key) ?? []).flatMap((gone) => {
      const wording = old.get(gone)
      return wording ? [{ kind: 'deleted', old: wording, reason: reasons.get(gone) ?? null }] : []
    })
  }
  const rows = after.flatMap((unit, position): ComparedRow[] => {
    if (unit.key === null) return [{ kind: 'heading', text: printUnit(unit) }]
    const from = (sources.get(position) ?? []).flatMap((key) => old.get(key) ?? [])
    const said = { relation: relations.get(position) ?? null, reason: reasons.get(unit.key) ?? null }
    const row = clauseRow(unit, unit.key, from, said)
    return [row, ...from.flatMap(({ key }) => deleted(key))]
  })
  return [...deleted(null), ...rows]
}

/** The clauses that nothing carries on, by the last clause before them that something does; null: before all. */
function droppedAfter(before: ComparedUnit[], carried: ReadonlySet<string>): Map<string | null, string[]> {
  const dropped = new Map<string | null, string[]>()
  let last: string | null = null
  for (const { key } of before) {
    if (key === null) continue
    if (carried.has(key)) last = key
    else dropped.set(last, [...(dropped.get(last) ?? []), key])
  }
  return dropped
}

function clauseRow(
  { label, citation, text }: ComparedUnit,
  key: string,
  old: OldWording[],
  { relation, reason }: { relation: Relation | null; reason: string | null },
): ComparedRow {
  const before = old.map((wording) => wording.text).join('')
  return {
    kind: 'clause',
    key,
    citation,
    label: printLabel(label),
    text,
    relation: relation ?? relationOf(text, before, old.length),
    old,
    differences: differences(before, text),
    reason,
  }
}

function relationOf(text: string, before: string, sources: number): Relation {
  if (sources === 0) return 'new'
  if (sources > 1) return 'merged'
  return text === before ? 'unchanged' : 'reworded'
}

function wordingOf({ label, citation, text }: ComparedUnit, key: string): OldWording {
  return { key, citation, label: printLabel(label), text }
}
