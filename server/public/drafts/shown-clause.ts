import type { StoredUnit } from '../../../db/queries/drafts/units.ts'
import { printLabel } from '../../text/outlining/print.ts'
import { nameIn, type Scope } from '../scope.ts'

/** A unit as views/public/_clause-text.eta and _heading.eta print it. */
export interface ShownClause {
  key: string | null
  name: string
  /** With the gap before its words; empty where it has no number. */
  label: string
  heading: string | null
  /** What follows the heading sentence. */
  rest: string
  cells: string[][] | null
}

export function shownClause(scope: Pick<Scope, 'names'>, unit: StoredUnit): ShownClause {
  const { key, label, heading, text, cells } = unit
  const hasHeading = heading !== null && text.startsWith(heading)
  return {
    key,
    name: key ? nameIn(scope, key, '') : printLabel(label) + text,
    label: printLabel(label),
    heading: hasHeading ? heading : null,
    rest: hasHeading ? text.slice(heading.length) : text,
    cells,
  }
}
