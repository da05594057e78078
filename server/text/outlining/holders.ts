import type { Label } from './labels.ts'

/** A heading or numbered clause that others stand under. */
export interface Holder {
  label: Label | null
  /** An unnumbered heading's own words. */
  name: string
  isHeading: boolean
  level: number
  rank: number | null
  /** It stands below an article, as 项 and 目 do. */
  inArticle: boolean
  /** What it stands under; null at the top. */
  parent: Place | null
  /** Its paragraphs: its own where it is a clause, and the unnumbered ones after it. */
  paragraphs: number
  tables: number
}

/** The n-th paragraph of a holder. */
export interface Place {
  holder: Holder
  paragraph: number
}

interface Outlined {
  isHeading: boolean
  isTable: boolean
  /** A heading's level; not read for others. */
  level: number
  label: Label | null
  rank: number | null
  name: string
}

/** Walks a draft from top to bottom and tells for each unit under what it stands. */
export class Holders {
  private readonly root: Holder = holder(
    { label: null, name: '', isHeading: true, level: 0, rank: null },
    null,
  )
  private open: Holder[] = []

  /** Where the next unit of the draft stands. */
  place(unit: Outlined): Place {
    if (unit.isHeading) {
      this.close((outer) => !outer.isHeading || outer.level >= unit.level)
      return this.enter(unit, unit.level)
    }
    if (unit.label && unit.rank !== null) {
      const { rank } = unit
      this.close((outer) => outer.rank !== null && outer.rank >= rank)
      return this.enter(unit, (this.open.at(-1)?.level ?? 0) + 1)
    }
    const article = this.open.findIndex((outer) => outer.label?.kind === 'article')
    if (article >= 0) this.open.length = article + 1
    const under = this.open.at(-1) ?? this.root
    return { holder: under, paragraph: unit.isTable ? ++under.tables : ++under.paragraphs }
  }

  /** Closes from the inside outwards for as long as `ends` says so. */
  private close(ends: (outer: Holder) => boolean): void {
    for (let inner = this.open.at(-1); inner && ends(inner); inner = this.open.at(-1)) this.open.pop()
  }

  private enter(unit: Outlined, level: number): Place {
    const outer = this.open.at(-1)
    this.root.name = '引言'
    const entered = holder({ ...unit, level }, outer ? { holder: outer, paragraph: outer.paragraphs } : null)
    this.open.push(entered)
    return { holder: entered, paragraph: entered.paragraphs }
  }
}

function holder(
  unit: Pick<Holder, 'label' | 'name' | 'isHeading' | 'level' | 'rank'>,
  parent: Place | null,
): Holder {
  const { label, name, isHeading, level, rank } = unit
  const outer = parent?.holder
  const inArticle = outer !== undefined && (outer.inArticle || outer.label?.kind === 'article')
  return { label, name, isHeading, level, rank, inArticle, parent, paragraphs: isHeading ? 0 : 1, tables: 0 }
}
