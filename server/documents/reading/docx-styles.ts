import { childOf, childrenOf, settingOf, type XmlElement } from './xml-tree.ts'

/** What a paragraph style says that matters to a draft's outline. */
interface Style {
  /** The list it numbers its paragraphs by, and how deep; null where it says nothing. */
  numId: string | null
  ilvl: number | null
  /** 0 for Heading 1; null for body text. */
  outlineLevel: number | null
}

export const styleElements = new Set('styles style name basedOn pPr numPr numId ilvl outlineLvl'.split(' '))

/** The paragraph styles of styles.xml, each with what it inherits. */
export class Styles {
  private readonly elements: Map<string, XmlElement>
  private readonly defaultId: string | undefined

  constructor(tree: XmlElement | null) {
    const styles = childrenOf(tree ?? undefined, 'style').filter(
      ({ attributes }) => attributes.type === 'paragraph',
    )
    this.elements = new Map(styles.map((style) => [style.attributes.styleId ?? '', style]))
    this.defaultId = styles.find(({ attributes }) => attributes.default === '1')?.attributes.styleId
  }

  /** @param id null for a paragraph that names no style */
  find(id: string | null): Style {
    const found: Style = { numId: null, ilvl: null, outlineLevel: null }
    let style = this.elements.get(id ?? this.defaultId ?? '')
    for (let inherited = 0; style && inherited < 20; inherited++) {
      const properties = childOf(style, 'pPr')
      const numbering = childOf(properties, 'numPr')
      found.numId ??= settingOf(numbering, 'numId') ?? null
      found.ilvl ??= toNumber(settingOf(numbering, 'ilvl'))
      found.outlineLevel ??=
        toNumber(settingOf(properties, 'outlineLvl')) ?? headingLevel(settingOf(style, 'name'))
      style = this.elements.get(settingOf(style, 'basedOn') ?? '')
    }
    return found
  }
}

function headingLevel(name: string | undefined): number | null {
  const level = /^(?:heading|标题) ?([1-9])$/i.exec(name ?? '')?.[1]
  return level === undefined ? null : Number(level) - 1
}

export function toNumber(value: string | undefined): number | null {
  return value !== undefined && /^-?\d{1,9}$/.test(value) ? Number(value) : null
}
