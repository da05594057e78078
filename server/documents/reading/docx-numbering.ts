import { toNumber } from './docx-styles.ts'
import { childOf, childrenOf, isOn, settingOf, type XmlElement } from './xml-tree.ts'

/** One level of a list. */
export interface Level {
  start: number
  format: string
  /** As in w:lvlText: 第%1条, %1.%2. */
  text: string
  /** Whether white space follows the number. */
  spaced: boolean
  /** All numbers in figures (w:isLgl). */
  legal: boolean
  /** Begins anew after a level up to this one (1 is the topmost); 0 never; null after any higher one. */
  restart: number | null
}

/** A list as paragraphs name it. Lists of one `abstractId` count together. */
export interface List {
  abstractId: string
  levels: Map<number, Level>
  /** Levels that begin with this number when the list is first used. */
  startOverrides: Map<number, number>
}

export const numberingElements = new Set([
  ...'numbering abstractNum num abstractNumId lvl lvlOverride startOverride start numFmt lvlText suff isLgl'.split(
    ' ',
  ),
  ...'lvlRestart pStyle styleLink numStyleLink mc:AlternateContent mc:Fallback'.split(' '),
])

/** The lists of numbering.xml. */
export class Lists {
  private readonly lists = new Map<string, List>()
  private readonly levelOfStyle = new Map<string, number>()

  constructor(tree: XmlElement | null) {
    const abstracts = childrenOf(tree ?? undefined, 'abstractNum')
    for (const num of childrenOf(tree ?? undefined, 'num')) {
      const abstract = definitionOf(abstracts, settingOf(num, 'abstractNumId'))
      const overrides = childrenOf(num, 'lvlOverride')
      const changed = overrides.flatMap((override) => childrenOf(override, 'lvl'))
      const levels = [...childrenOf(abstract, 'lvl'), ...changed]
      const numId = num.attributes.numId ?? ''
      this.lists.set(numId, {
        abstractId: abstract?.attributes.abstractNumId ?? `num ${numId}`,
        levels: new Map(levels.map((level) => [levelNumber(level), readLevel(level)])),
        startOverrides: new Map(
          overrides.flatMap((override) => {
            const start = toNumber(settingOf(override, 'startOverride'))
            return start === null ? [] : [[levelNumber(override), start]]
          }),
        ),
      })
      for (const level of levels) {
        const style = settingOf(level, 'pStyle')
        if (style) this.levelOfStyle.set(`${numId} ${style}`, levelNumber(level))
      }
    }
  }

  find(numId: string): List | null {
    return this.lists.get(numId) ?? null
  }

  /** The level that a list keeps for a style whose paragraphs name none. */
  levelFor(numId: string, styleId: string | null): number {
    return this.levelOfStyle.get(`${numId} ${styleId}`) ?? 0
  }
}

/** An abstract list may only point to the one that bears the style it names. */
function definitionOf(abstracts: XmlElement[], id: string | undefined): XmlElement | undefined {
  const abstract = abstracts.find(({ attributes }) => attributes.abstractNumId === id)
  const style = settingOf(abstract, 'numStyleLink')
  return (style && abstracts.find((other) => settingOf(other, 'styleLink') === style)) || abstract
}

function levelNumber(element: XmlElement): number {
  return toNumber(element.attributes.ilvl) ?? 0
}

function readLevel(level: XmlElement): Level {
  const fallback = childOf(childOf(level, 'mc:AlternateContent'), 'mc:Fallback')
  return {
    start: toNumber(settingOf(level, 'start')) ?? 0,
    format: settingOf(level, 'numFmt') ?? settingOf(fallback, 'numFmt') ?? 'decimal',
    text: settingOf(level, 'lvlText') ?? '',
    spaced: settingOf(level, 'suff') !== 'nothing',
    legal: isOn(level, 'isLgl'),
    restart: toNumber(settingOf(level, 'lvlRestart')),
  }
}
