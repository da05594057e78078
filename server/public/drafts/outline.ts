import { articleIn } from '../../text/outlining/citations.ts'

/** A line of the outline beside the text. */
export interface OutlineEntry {
  /** Of the element that it leads to. */
  id: string
  name: string
  isPart: boolean
  /** How many comments may be read on all that it stands for. */
  count: number
}

interface Listed {
  id: string
  kind: string
  citation: string
  outlineName: string
  count: number
}

/** The outline of a draft: its headings and clauses; the paragraphs and items of one article stand for it together. */
export function outlineOf(units: Listed[]): OutlineEntry[] {
  const entries: OutlineEntry[] = []
  let article: string | null = null
  for (const { id, kind, citation, outlineName, count } of units) {
    const isPart = kind === 'heading'
    const its = isPart ? null : articleIn(citation)
    const last = entries.at(-1)
    if (last && its !== null && its === article) last.count += count
    else
      entries.push({ id, isPart, count, name: its !== null && outlineName === citation ? its : outlineName })
    article = its
  }
  return entries
}
