import type { LabelKind } from './label-kinds.ts'
import type { Label } from './labels.ts'
import { listsAnnexes } from './numbered-lines.ts'
import { isHeadingShaped } from './shapes.ts'

const alwaysHeadings: LabelKind[] = ['part', 'annex', 'volume', 'subvolume', 'chapter', 'section']

/**
 * Which lines are headings: shaped like one, with something under them, as most of their siblings are. Below an
 * article (第七条) there are none, for 项 and 目 are text; a chapter or an annex is one even with nothing under it.
 * @param ranks from rankLabels: how deep each numbered line stands
 */
export function judgeHeadings(labels: (Label | null)[], ranks: (number | null)[]): boolean[] {
  const runs = new Runs(labels, ranks)
  const hasBody = (index: number) =>
    index + 1 < labels.length && (ranks[index + 1] ?? Number.POSITIVE_INFINITY) > (ranks[index] ?? 0)
  const shaped = labels.map((label) => label !== null && isHeadingShaped(label.rest))
  for (const [index, label] of labels.entries()) {
    if (label && (shaped[index] || label.kind === 'article'))
      runs.count(index, shaped[index] === true && hasBody(index))
  }
  return labels.map((label, index) => {
    if (!label || runs.inArticle(index) || listsAnnexes(label)) return false
    if (!shaped[index]) return isNearlyShaped(label.rest) && hasBody(index) && runs.mostHaveBodies(index)
    return alwaysHeadings.includes(label.kind) || runs.mostHaveBodies(index)
  })
}

/** 二、主要目标： among 一、总体要求 and 三、保障措施. */
function isNearlyShaped(text: string): boolean {
  const plain = text.replace(/[：:。]$/u, '')
  return plain !== text && [...plain].length <= 20 && !plain.includes('，') && isHeadingShaped(plain)
}

/** Siblings: labels of one kind under one parent. */
class Runs {
  private readonly keys: string[] = []
  private readonly belowArticle: boolean[] = []
  private readonly counts = new Map<string, number>()

  constructor(labels: (Label | null)[], ranks: (number | null)[]) {
    let open: { index: number; rank: number; inArticle: boolean }[] = []
    for (const [index, label] of labels.entries()) {
      const rank = ranks[index]
      if (!label || rank == null) continue
      open = open.filter((outer) => outer.rank < rank)
      const parent = open.at(-1)
      const inArticle = parent?.inArticle ?? false
      this.keys[index] = `${parent?.index}/${label.kind}`
      this.belowArticle[index] = inArticle
      open.push({ index, rank, inArticle: inArticle || label.kind === 'article' })
    }
  }

  count(index: number, hasBody: boolean): void {
    const key = this.keys[index] ?? ''
    this.counts.set(key, (this.counts.get(key) ?? 0) + (hasBody ? 1 : -1))
  }

  mostHaveBodies(index: number): boolean {
    return (this.counts.get(this.keys[index] ?? '') ?? 0) > 0
  }

  inArticle(index: number): boolean {
    return this.belowArticle[index] === true
  }
}
