import type { Level, List } from './docx-numbering.ts'
import { formatNumber } from './number-formats.ts'

/**
 * Counts automatic numbers through a document as Word does: a level goes on where it was, begins anew after a higher
 * one, and takes a start override once, when its list is first used there.
 */
export class Counters {
  private readonly counts = new Map<string, (number | null)[]>()
  private readonly overridden = new Set<string>()

  /** The label of the next paragraph at this level of a list, with the white space after it; '' for an unknown level. */
  next(list: List, numId: string, ilvl: number): string {
    const level = list.levels.get(ilvl)
    if (!level) return ''
    const counts = this.counts.get(list.abstractId) ?? []
    this.counts.set(list.abstractId, counts)
    this.applyOverride(list, numId, ilvl, counts)
    counts[ilvl] = (counts[ilvl] ?? level.start - 1) + 1
    this.restartBelow(list, ilvl, counts)
    const label = level.format === 'bullet' ? bullet(level.text) : labelOf(list, level, counts)
    return label !== '' && level.spaced ? `${label} ` : label
  }

  private applyOverride(list: List, numId: string, ilvl: number, counts: (number | null)[]): void {
    const start = list.startOverrides.get(ilvl)
    const once = `${numId} ${ilvl}`
    if (start === undefined || this.overridden.has(once)) return
    this.overridden.add(once)
    counts[ilvl] = start - 1
  }

  private restartBelow(list: List, ilvl: number, counts: (number | null)[]): void {
    for (const [below, { restart }] of list.levels) {
      if (below > ilvl && (restart === null || ilvl < restart)) counts[below] = null
    }
  }
}

function labelOf(list: List, level: Level, counts: (number | null)[]): string {
  return level.text.replace(/%([1-9])/g, (_, place: string) => {
    const index = Number(place) - 1
    const named = list.levels.get(index)
    const value = counts[index] ?? named?.start ?? 1
    return formatNumber(value, level.legal ? 'decimal' : (named?.format ?? 'decimal'))
  })
}

/** Symbol fonts keep their bullets in the private use area, where other fonts have nothing. */
function bullet(text: string): string {
  return text.replace(/[\uE000-\uF8FF]/g, '●')
}
