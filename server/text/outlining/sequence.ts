import { type LabelKind, naturalRank } from './label-kinds.ts'
import type { Label } from './labels.ts'
import { isHeadingShaped } from './shapes.ts'

/** For each label the next one of its kind before the next annex. `lists` holds what each line could begin with. */
export function followingOfKind(lists: Label[][]): Map<Label, Label> {
  const next = new Map<LabelKind, Label>()
  const following = new Map<Label, Label>()
  for (const labels of lists.toReversed()) {
    for (const label of labels) {
      const after = next.get(label.kind)
      if (after) following.set(label, after)
    }
    if (labels.some(({ kind }) => kind === 'annex' || kind === 'part')) next.clear()
    for (const label of labels.toReversed()) next.set(label.kind, label)
  }
  return following
}

/** How far each kind of number has come, and so which may come next. */
export class Sequence {
  private readonly last = new Map<LabelKind, Label>()
  /** Kinds that may begin again at one, because a wider unit began since. */
  private readonly mayRestart = new Set<LabelKind>()

  /** Whether this label may stand here. `following` is the next label of its kind, which tells a start from a slip. */
  callsFor(label: Label, following: Label | undefined): boolean {
    const { kind, ordinal } = label
    const last = this.last.get(kind)
    const expected = ordinal === (last?.ordinal ?? 0) + 1
    const starts = ordinal === 1 && (!last || this.mayRestart.has(kind) || following?.ordinal === 2)
    if (!this.standsBelowItsPath(label)) return false
    if (label.doubt === 'decimal') {
      return kind === 'digit'
        ? expected && ordinal > 1 && !this.mayRestart.has(kind)
        : (expected && ordinal > 1) || (starts && following?.ordinal === 2)
    }
    if (label.doubt === 'prose' && !(isHeadingShaped(label.rest) && (expected || following?.ordinal === 2))) {
      return false
    }
    if (starts || (kind === 'article' && label.besides > 0)) return true
    const goesOn = following?.ordinal === ordinal + 1
    if (!last) return goesOn || kind === 'article' || isHeadingShaped(label.rest)
    return ordinal > 1 && (goesOn || (ordinal >= last.ordinal && ordinal <= last.ordinal + 3))
  }

  /** 1.2 stands below 1. */
  private standsBelowItsPath({ kind, besides }: Label): boolean {
    if (!kind.startsWith('path-')) return true
    const outer = kind === 'path-2' ? 'digit' : kind === 'path-3' ? 'path-2' : 'path-3'
    return this.last.get(outer)?.ordinal === besides
  }

  take(label: Label): Label {
    this.last.set(label.kind, label)
    this.mayRestart.delete(label.kind)
    this.allowRestartBelow(label.kind)
    return label
  }

  hasTaken(kind: LabelKind): boolean {
    return this.last.has(kind)
  }

  /** In a statute each 款 has 项 of its own. */
  takeUnnumbered(): void {
    if (this.last.has('article')) this.allowRestartBelow('article')
  }

  /** An annex or another part numbers everything anew. */
  restart(label: Label): Label {
    this.last.clear()
    this.mayRestart.clear()
    return label
  }

  private allowRestartBelow(kind: LabelKind): void {
    for (const below of this.last.keys()) {
      if (naturalRank(below) > naturalRank(kind)) this.mayRestart.add(below)
    }
  }
}
