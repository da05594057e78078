import { type Label, type LabelKind, naturalRank } from './labels.ts'
import { followingOfKind } from './sequence.ts'

/**
 * How deep each label stands among the others: its natural rank (一、→（一）→1.→（1）), unless the draft itself
 * nests otherwise: where （一） first appears between 1. and 2., it stands below 1. throughout.
 * @returns for each label a number that is greater the deeper it stands; null for unnumbered paragraphs
 */
export function rankLabels(labels: (Label | null)[]): (number | null)[] {
  const following = followingOfKind(labels)
  const learned = new Map<LabelKind, number>()
  let open: { label: Label; rank: number; next: Label | null }[] = []
  return labels.map((label, index) => {
    if (!label) return null
    if (label.kind === 'annex') learned.clear()
    let rank = learned.get(label.kind) ?? naturalRank(label.kind)
    const holder = open.at(-1)
    if (!learned.has(label.kind) && holder && holder.rank >= rank && goesOn(holder)) rank = holder.rank + 0.01
    learned.set(label.kind, rank)
    open = open.filter((outer) => outer.rank < rank)
    open.push({ label, rank, next: following[index] ?? null })
    return rank
  })
}

function goesOn({ label, next }: { label: Label; next: Label | null }): boolean {
  return next !== null && next.ordinal === label.ordinal + 1
}
