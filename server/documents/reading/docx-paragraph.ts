import type { Notes } from './docx-notes.ts'
import { toNumber } from './docx-styles.ts'
import { childOf, isOn, settingOf, type XmlElement } from './xml-tree.ts'

/** A paragraph before its number is computed. */
export interface RawParagraph {
  /** A line end stands for a break that the author set inside the paragraph. */
  text: string
  styleId: string | null
  numId: string | null
  ilvl: number | null
  outlineLevel: number | null
  /** Its end was deleted under tracking, so that it goes on in the next paragraph. */
  goesOn: boolean
  /** The text boxes anchored in it. */
  boxes: XmlElement[]
}

const symbols: Record<string, string> = {
  F0FE: '☑',
  F052: '☑',
  F0FC: '√',
  F0FB: '×',
  F0A8: '□',
  F06F: '□',
  F0A3: '□',
  F06C: '●',
  F09F: '●',
  F0B7: '●',
  F06E: '■',
  F075: '◆',
  F0D8: '➢',
  F0E0: '→',
}

/** What a paragraph says, with all tracked changes accepted. `footnotes` holds the texts of notes by kind and id. */
export function readParagraph(
  paragraph: XmlElement,
  footnotes: Map<string, string>,
  notes: Notes,
): RawParagraph {
  const boxes: XmlElement[] = []
  const properties = childOf(paragraph, 'pPr')
  const numbering = childOf(properties, 'numPr')
  return {
    text: textOf(paragraph, { boxes, footnotes, notes }),
    styleId: settingOf(properties, 'pStyle') ?? null,
    numId: settingOf(numbering, 'numId') ?? null,
    ilvl: toNumber(settingOf(numbering, 'ilvl')),
    outlineLevel: toNumber(settingOf(properties, 'outlineLvl')),
    goesOn: childOf(childOf(properties, 'rPr'), 'del') !== undefined,
    boxes,
  }
}

const nothing: XmlElement = { name: '', attributes: {}, children: [] }

interface Reading {
  boxes: XmlElement[]
  footnotes: Map<string, string>
  notes: Notes
}

function textOf(element: XmlElement, reading: Reading): string {
  return element.children.map((child) => (typeof child === 'string' ? '' : textAt(child, reading))).join('')
}

function textAt(element: XmlElement, reading: Reading): string {
  const { name, attributes } = element
  const { notes } = reading
  switch (name) {
    case 't':
    case 'm:t':
      return element.children.filter((child) => typeof child === 'string').join('')
    case 'tab':
    case 'ptab':
      return '　'
    case 'br':
      return attributes.type === 'page' || attributes.type === 'column' ? '' : '\n'
    case 'cr':
      return '\n'
    case 'noBreakHyphen':
      return '-'
    case 'sym':
      return symbol(attributes.char ?? '', notes)
    case 'footnoteReference':
    case 'endnoteReference':
      return footnote(`${name} ${attributes.id}`, reading)
    case 'r':
      if (!isOn(childOf(element, 'rPr'), 'vanish')) return textOf(element, reading)
      if (childOf(element, 't')) notes.add('hidden')
      return ''
    case 'pPr':
    case 'rPr':
    case 'rt':
    case 'sdtPr':
    case 'delText':
    case 'instrText':
    case 'delInstrText':
      return ''
    case 'del':
    case 'moveFrom':
      notes.add('tracked')
      return ''
    case 'ins':
    case 'moveTo':
      notes.add('tracked')
      return textOf(element, reading)
    case 'sdt':
      return isOn(childOf(element, 'sdtPr'), 'showingPlcHdr') ? '' : textOf(element, reading)
    case 'mc:AlternateContent':
      return textOf(childOf(element, 'mc:Choice') ?? childOf(element, 'mc:Fallback') ?? nothing, reading)
    case 'txbxContent':
      notes.add('boxes')
      reading.boxes.push(element)
      return ''
    case 'm:oMath':
      notes.add('formulas')
      return textOf(element, reading)
    case 'x:blip':
    case 'x:imagedata':
      notes.add('pictures')
      return ''
    case 'object':
      notes.add('objects')
      return textOf(element, reading)
    case 'commentReference':
      notes.add('comments')
      return ''
    default:
      return textOf(element, reading)
  }
}

function symbol(code: string, notes: Notes): string {
  const known = symbols[code.toUpperCase()]
  if (known) return known
  notes.add('symbols')
  return '□'
}

function footnote(id: string, { footnotes, notes }: Reading): string {
  const text = footnotes.get(id)
  if (!text) return ''
  notes.add('footnotes')
  return `〔注：${text}〕`
}
