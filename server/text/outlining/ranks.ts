import { type LabelKind, naturalRank } from './label-kinds.ts'
import type { Label } from './labels.ts'
import { followingOfKind } from './sequence.ts'

/**
 * How deep each label stands among the others: its natural rank (一、→（一）→1.→（1）), unless the draft itself
 * nests otherwise: where （一） first appears between 1. and 2., it stands below 1. throughout.
 * @returns for each label a number that is greater the deeper it stands; null for unnumbered paragraphs
 */
export function rankLabels(labels: (Label | null)[]): (number | null)[] {
  const following = followingOfKind(labels.map((label) => (label ? [label] : [])))
  const learned = new Map<LabelKind, number>()
  let open: { label: Label; rank: number }[] = []
  return labels.map((label) => {
    if (!label) return null
    if (label.kind === 'annex' || label.kind === 'part') learned.clear()
    const outer = open.at(-1)
    let rank = learned.get(label.kind) ?? naturalRank(label.kind)
    if (!learned.has(label.kind) && outer && outer.rank >= rank) {
      const goesOn = following.get(outer.label)?.ordinal === outer.label.ordinal + 1
      if (goesOn) rank = outer.rank + 0.01
    }
    learned.set(label.kind, rank)
    open = open.filter((each) => each.rank < rank)
    open.push({ label, rank })
    return rank
  })
}
