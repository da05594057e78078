import { placed, type Unit } from './arrange.ts'
import type { Holder, Place } from './holders.ts'
import { type Label, parsePrinted } from './labels.ts'

/** A unit with what stands under it. 项 stand under their 款: under the article itself where they follow its first. */
export interface TreeNode {
  unit: Unit
  label: Label | null
  inArticle: boolean
  children: TreeNode[]
}

/** A draft's units as the tree that their levels and numbers tell. */
export function treeOf(units: Unit[]): TreeNode[] {
  const roots: TreeNode[] = []
  const holders = new Map<Holder, TreeNode>()
  const paragraphs = new Map<Holder, Map<number, TreeNode>>()
  const under = ({ holder, paragraph }: Place, isItem: boolean): TreeNode[] => {
    const inStatute = holder.label?.kind === 'article' || holder.inArticle
    const node = isItem && inStatute ? paragraphs.get(holder)?.get(paragraph) : undefined
    return (node ?? holders.get(holder))?.children ?? roots
  }
  for (const { paragraph: unit, place } of placed(units)) {
    const { holder } = place
    const label = unit.label === null ? null : parsePrinted(unit.label)
    const node: TreeNode = { unit, label, inArticle: holder.inArticle, children: [] }
    if (unit.kind === 'heading' || label) {
      holders.set(holder, node)
      ;(holder.parent ? under(holder.parent, true) : roots).push(node)
    } else {
      under(place, false).push(node)
      if (unit.kind === 'clause') {
        paragraphs.set(holder, (paragraphs.get(holder) ?? new Map()).set(place.paragraph, node))
      }
    }
  }
  return roots
}
