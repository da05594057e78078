import { type Label, type LabelKind, naturalRank, readLabel } from './labels.ts'
import type { Line } from './lines.ts'
import { isHeadingShaped } from './shapes.ts'

/**
 * Which lines really begin with a number. A line that looks numbered is believed when its number is the one that
 * the sequence calls for, or opens a new one, and its words do not read on from it as prose. Numbers may run on
 * across chapters, skip a few or stand twice: drafts do.
 * @returns for each line its label, or null where the line is unnumbered
 */
export function acceptLabels(lines: Line[]): (Label | null)[] {
  const candidates = lines.map((line) => (line.table ? null : readLabel(line.text)))
  const following = followingOfKind(candidates)
  const sequence = new Sequence()
  return candidates.map((label, index) => {
    if (label?.kind === 'annex') return opensAnnex(label, candidates, index) ? sequence.restart(label) : null
    if (label && sequence.callsFor(label, following[index]?.ordinal ?? null)) return sequence.take(label)
    sequence.takeUnnumbered()
    return null
  })
}

/** An annex begins here if its title stands alone on the line and something follows that is not the next annex. */
function opensAnnex(label: Label, candidates: (Label | null)[], index: number): boolean {
  if (label.readsOn || !isHeadingShaped(label.rest) || readLabel(label.rest)) return false
  return index + 1 < candidates.length && candidates[index + 1]?.kind !== 'annex'
}

/** For each label the next one of its kind before the next annex, null where none comes. */
export function followingOfKind(labels: (Label | null)[]): (Label | null)[] {
  const next = new Map<LabelKind, Label>()
  const following: (Label | null)[] = labels.map(() => null)
  for (let index = labels.length - 1; index >= 0; index--) {
    const label = labels[index]
    if (!label) continue
    following[index] = next.get(label.kind) ?? null
    if (label.kind === 'annex') next.clear()
    next.set(label.kind, label)
  }
  return following
}

/** Where each kind of number stands. */
class Sequence {
  private readonly last = new Map<LabelKind, Label>()
  /** Kinds that may begin again at one, because a wider unit began since. */
  private readonly mayRestart = new Set<LabelKind>()

  callsFor(label: Label, following: number | null): boolean {
    const last = this.last.get(label.kind)
    const expected = (last?.ordinal ?? 0) + 1
    const { ordinal, inserted } = label
    if (label.readsOn && !(isHeadingShaped(label.rest) && (ordinal === expected || following === 2)))
      return false
    if (ordinal === expected || inserted > 0) return true
    if (!last) return following === ordinal + 1 || label.kind === 'article' || isHeadingShaped(label.rest)
    if (ordinal === 1) return this.mayRestart.has(label.kind) || following === 2
    return (ordinal >= last.ordinal && ordinal <= last.ordinal + 3) || following === ordinal + 1
  }

  take(label: Label): Label {
    this.last.set(label.kind, label)
    this.mayRestart.delete(label.kind)
    this.allowRestartBelow(label.kind)
    return label
  }

  /** In a statute each 款 has 项 of its own. */
  takeUnnumbered(): void {
    if (this.last.has('article')) this.allowRestartBelow('article')
  }

  /** An annex numbers everything anew. */
  restart(annex: Label): Label {
    this.last.clear()
    this.mayRestart.clear()
    return annex
  }

  private allowRestartBelow(kind: LabelKind): void {
    for (const below of this.last.keys())
      if (naturalRank(below) > naturalRank(kind)) this.mayRestart.add(below)
  }
}
