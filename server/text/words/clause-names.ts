import { printLabel } from '../outlining/print.ts'

interface Named {
  kind: string
  key: string | null
  label: string | null
  heading: string | null
  citation: string
  text: string
}

/** What a clause is called where it stands alone, and where it stands under its part's heading in the outline. */
export interface ClauseName {
  name: string
  inOutline: string
}

/**
 * What readers call each clause of a round, by its key: （八）建设完善现代化基础设施. A paragraph without a number of its
 * own goes by its part, 一、总体要求, in the outline by 正文 below it; anything else as it is cited.
 * @param units in document order
 */
export function nameClauses(units: Named[]): Map<string, ClauseName> {
  const names = new Map<string, ClauseName>()
  let part: Named | null = null
  for (const unit of units) {
    if (unit.key === null) part = unit
    else names.set(unit.key, nameOf(unit, part))
  }
  return names
}

function nameOf({ label, heading, citation }: Named, part: Named | null): ClauseName {
  const title = heading?.replace(/[。；：]$/u, '')
  if (title) return { name: printLabel(label) + title, inOutline: printLabel(label) + title }
  if (label === null && part && citation.startsWith(part.citation)) {
    const place = citation.slice(part.citation.length)
    return { name: printLabel(part.label) + part.text + place, inOutline: place || '正文' }
  }
  return { name: citation, inOutline: citation }
}
