import type { LabelKind } from '../../text/outlining/label-kinds.ts'
import type { Unit } from '../../text/outlining/outline.ts'
import { type TreeNode, treeOf } from '../../text/outlining/tree.ts'

/** An element of the hierarchy of Akoma Ntoso, with its identifier. */
export interface AknElement {
  name: string
  /** hcontainer's own name. */
  kind: string | null
  eId: string
  /** The clause's lasting key. */
  key: string | null
  num: string | null
  heading: string | null
  text: string | null
  table: string[][] | null
  children: AknElement[]
}

const elements: Record<LabelKind, string> = {
  part: 'hcontainer',
  annex: 'hcontainer',
  volume: 'book',
  subvolume: 'part',
  chapter: 'chapter',
  section: 'section',
  article: 'article',
  han: 'division',
  'han-paren': 'subdivision',
  digit: 'clause',
  'path-2': 'level',
  'path-3': 'level',
  'path-4': 'level',
  'digit-paren': 'subclause',
  'digit-half': 'point',
  circled: 'point',
  letter: 'point',
}

/** Akoma Ntoso Naming Convention 1.0, 5.4.2: how elements are called in identifiers; others by their name. */
const references: Record<string, string> = {
  article: 'art',
  chapter: 'chp',
  clause: 'cl',
  division: 'dvs',
  paragraph: 'para',
  section: 'sec',
  subclause: 'subcl',
  subdivision: 'subdvs',
  subparagraph: 'subpara',
}

/** The units as elements; 款 are paragraphs, 项 subparagraphs, 目 points, what is unnumbered elsewhere paragraphs. */
export function aknTree(units: Unit[]): AknElement[] {
  const roots = treeOf(units)
  const namer = new Namer(roots)
  return roots.map((node) => elementOf(node, '', namer))
}

/** The identifier of each clause, by its lasting key. */
export function identifiersOf(elements: AknElement[]): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (each: AknElement[]) => {
    for (const { key, eId, children } of each) {
      if (key !== null) found.set(key, eId)
      walk(children)
    }
  }
  walk(elements)
  return found
}

function elementOf(node: TreeNode, prefix: string, namer: Namer): AknElement {
  const { unit, children } = node
  const { name, kind } = nameOf(node)
  const eId = namer.name(node, kind ?? references[name] ?? name, prefix)
  const isHeading = unit.kind === 'heading'
  const shell = { name, kind, eId, num: unit.label, table: unit.table ?? null }
  const paragraphs = children.findIndex(({ label, unit: { kind } }) => label === null && kind !== 'heading')
  if (name === 'article' && !isHeading && paragraphs >= 0) {
    const first = elementOf(
      { ...node, unit: { ...unit, label: null }, label: null, children: children.slice(0, paragraphs) },
      eId,
      namer,
    )
    const others = children.slice(paragraphs).map((child) => elementOf(child, eId, namer))
    return { ...shell, key: null, heading: null, text: null, children: [first, ...others] }
  }
  return {
    ...shell,
    key: unit.key,
    heading: isHeading ? unit.text : null,
    text: isHeading || unit.table ? null : unit.text,
    children: children.map((child) => elementOf(child, eId, namer)),
  }
}

function nameOf({ unit, label, inArticle }: TreeNode): { name: string; kind: string | null } {
  if (!label)
    return unit.kind === 'heading' ? { name: 'hcontainer', kind: 'part' } : { name: 'paragraph', kind: null }
  if (label.kind === 'annex') return { name: 'hcontainer', kind: 'annex' }
  if (inArticle) return { name: label.kind === 'han-paren' ? 'subparagraph' : 'point', kind: null }
  return { name: elements[label.kind], kind: null }
}

/**
 * Gives identifiers (Naming Convention, 5.4): the context's identifier, how the element is called, its number. Articles
 * are numbered through the document, so that art_7 needs no context unless an annex has an article 7 as well.
 */
class Namer {
  private readonly taken = new Set<string>()
  private readonly counts = new Map<string, number>()
  private readonly articles = new Map<string, number>()

  constructor(roots: TreeNode[]) {
    this.countArticles(roots)
  }

  name(node: TreeNode, reference: string, prefix: string): string {
    const number = numberOf(node) ?? this.count(`${prefix} ${reference}`)
    const isGlobal = node.label?.kind === 'article' && this.articles.get(number) === 1
    const context = isGlobal || prefix === '' ? '' : `${prefix}__`
    const wanted = `${context}${reference}_${number}`
    let given = wanted
    for (let copy = 2; this.taken.has(given); copy++) given = `${wanted}-${copy}`
    this.taken.add(given)
    return given
  }

  private count(context: string): string {
    const count = (this.counts.get(context) ?? 0) + 1
    this.counts.set(context, count)
    return String(count)
  }

  private countArticles(nodes: TreeNode[]): void {
    for (const node of nodes) {
      const number = node.label?.kind === 'article' ? numberOf(node) : null
      if (number !== null) this.articles.set(number, (this.articles.get(number) ?? 0) + 1)
      this.countArticles(node.children)
    }
  }
}

/** 第十七条之一 is 17-1; what bears no number is counted. */
function numberOf({ label }: TreeNode): string | null {
  if (!label || label.ordinal === 0) return null
  return label.kind === 'article' && label.besides > 0
    ? `${label.ordinal}-${label.besides}`
    : String(label.ordinal)
}
