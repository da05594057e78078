import { withoutBlanks } from '../../text/outlining/blanks.ts'
import { readLabel } from '../../text/outlining/labels.ts'
import type { Draft } from '../../text/outlining/outline.ts'
import { isHeadingShaped } from '../../text/outlining/shapes.ts'
import { type Repair, repair } from '../../text/repairing/repair.ts'
import type { Block } from './blocks.ts'

/**
 * Steps that raise paragraphs which the outline took for clauses and the author had styled as headings (前言, 附则
 * without a number). They are recorded like a person's, so that a person can undo them.
 */
export function raiseStyledHeadings(read: Draft, blocks: Block[]): { draft: Draft; repairs: Repair[] } {
  const styled = blocks.flatMap((block) => {
    if ('table' in block || block.outlineLevel === null || !isHeadingShaped(block.text)) return []
    return [{ words: withoutBlanks(block.text), level: block.outlineLevel }]
  })
  const repairs: Repair[] = []
  let draft = read
  const make = (step: Repair) => {
    draft = repair(draft, step)
    repairs.push(step)
  }
  let from = 0
  const inText = styled.filter(({ words }) => !withoutBlanks(read.title).includes(words))
  const highest = Math.min(...inText.map(({ level }) => level))
  for (const { words, level } of inText) {
    const unit = draft.units.findIndex(({ label, text }, index) => {
      return index >= from && withoutBlanks((label ?? '') + text) === words
    })
    if (unit < 0) continue
    from = unit + 1
    if (draft.units[unit]?.kind !== 'clause' || readLabel(words)) continue
    make({ act: 'raise', unit })
    while ((draft.units[unit]?.level ?? 1) > level - highest + 1) make({ act: 'raise', unit })
  }
  return { draft, repairs }
}
