import { UnreadableDocument } from './unreadable-document.ts'
import { readXml } from './xml.ts'

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

/** A paragraph of 4,000 characters, each formatted by itself, has about 12,000. */
const mostInParagraph = 15_000
/** Numbering grown over years of copying has tens of thousands. */
const mostInPart = 60_000

/** Builds the tree of an element from events. */
export class TreeBuilder {
  private readonly open: XmlElement[] = []
  private readonly most: number
  private elements = 0

  constructor(most = mostInParagraph) {
    this.most = most
  }

  get isOpen(): boolean {
    return this.open.length > 0
  }

  /** Whether the innermost open element is of this name. */
  isIn(name: string): boolean {
    return this.open.at(-1)?.name === name
  }

  begin(name: string, attributes: Record<string, string>): void {
    if (++this.elements > this.most) throw new UnreadableDocument('文件的结构过于复杂，未予读取。')
    const element = { name, attributes, children: [] }
    this.open.at(-1)?.children.push(element)
    this.open.push(element)
  }

  text(text: string): void {
    this.open.at(-1)?.children.push(text)
  }

  /** The tree, when its outermost element has ended. */
  end(): XmlElement | null {
    const element = this.open.pop()
    return element && this.open.length === 0 ? element : null
  }
}

/** A small part as a whole. `wanted` names the elements that are kept; others are left out with all they hold. */
export async function readXmlTree(bytes: AsyncIterable<Buffer>, wanted: Set<string>): Promise<XmlElement> {
  const builder = new TreeBuilder(mostInPart)
  let tree: XmlElement | null = null
  let skipping = 0
  await readXml(bytes, {
    open: (name, attributes) => {
      if (skipping > 0 || !wanted.has(name)) skipping++
      else builder.begin(name, attributes)
    },
    close: () => {
      if (skipping > 0) skipping--
      else tree = builder.end() ?? tree
    },
    text: () => {},
  })
  return tree ?? { name: '', attributes: {}, children: [] }
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => {
    return typeof child !== 'string' && child.name === name
  })
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0]
}

/** The w:val of a child, undefined where there is no such child. */
export function settingOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes.val
}

/** Whether a switch such as w:vanish is there and not turned off. */
export function isOn(element: XmlElement | undefined, name: string): boolean {
  const child = childOf(element, name)
  return child !== undefined && !['0', 'false', 'off'].includes(child.attributes.val ?? '')
}
