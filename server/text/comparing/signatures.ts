import { readLabel } from '../outlining/labels.ts'
import type { Artefact, Line } from '../outlining/lines.ts'
import { bareTitle, isDate, isHeadingShaped, isOrgan } from '../outlining/shapes.ts'

/**
 * Takes signature and date off the end of the draft, and off the end of what stands before an annex or before one of
 * the documents that its title names.
 */
export function takeSignatures(lines: Line[], named: Set<string>): { artefacts: Artefact[]; body: Line[] } {
  const signing = new Set<Line>()
  for (let end = 1; end <= lines.length; end++) {
    const last = lines[end - 1]
    if (!last || !isDate(last.text) || !endsPart(lines[end], named)) continue
    signing.add(last)
    for (let index = end - 2; index >= 0 && index > end - 8; index--) {
      const line = lines[index]
      if (!line || line.table || !isOrgan(line.text) || readLabel(line.text)) break
      signing.add(line)
    }
  }
  const artefacts = [...signing].map(({ text, at }) => ({
    text,
    at,
    reason: isDate(text) ? '落款日期' : '落款',
  }))
  return { artefacts, body: lines.filter((line) => !signing.has(line)) }
}

function endsPart(next: Line | undefined, named: Set<string>): boolean {
  if (!next || named.has(bareTitle(next.text))) return true
  const label = readLabel(next.text)
  return label?.kind === 'annex' && isHeadingShaped(label.rest)
}
