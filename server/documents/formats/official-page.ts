import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  DocumentGridType,
  Footer,
  Header,
  HeightRule,
  type ISectionOptions,
  type ISpacingProperties,
  LineRuleType,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableAnchorType,
  TableCell,
  TableRow,
  TextDirection,
  TextRun,
  WidthType,
} from 'docx'
import { sizes } from './word-page.ts'

/*
 * The page of an official paper (GB/T 9704-2012, 5.2 and 7.5): A4, 156 by 225 millimetres of text, 22 lines of 28
 * characters, and its number between two dashes outside of that.
 */
const mm = convertMillimetersToTwip
const a4 = { width: mm(210), height: mm(297) }
const text = { width: mm(156), height: mm(225) }
/** Around the text of an upright page. */
const margins = { top: mm(37), left: mm(28), bottom: mm(35), right: mm(26) }
/** 22 lines: rounded up the last would go over. */
const linePitch = Math.floor(text.height / 22)
/** From the paper's edge to the line of the number, so that its dashes stand 7 mm off the text. */
const numberEdge = mm(25.5)
const numberLine = sizes.pageNumber * 10
/** How wide the text of a turned page is, in twentieths of a point. */
export const turnedWidth = text.height

/** A4 as an official paper has it; `landscape` is such a page turned, for a table. */
export function a4Section(orientation: 'portrait' | 'landscape'): Omit<ISectionOptions, 'children'> {
  return orientation === 'portrait' ? upright() : turned()
}

/** By itself LibreOffice gives it a line of the grid, and the text one line less. */
const exact = { line: numberLine, lineRule: LineRuleType.EXACT }

function upright(): Omit<ISectionOptions, 'children'> {
  return {
    properties: {
      page: { size: a4, margin: { ...margins, footer: numberEdge } },
      grid: { type: DocumentGridType.LINES, linePitch },
    },
    footers: {
      default: new Footer({ children: [numberOn('odd', exact)] }),
      even: new Footer({ children: [numberOn('even', exact)] }),
    },
  }
}

/** Its left is the bottom of the upright page, and there, upright again, stands its number (7.5: 横排). */
function turned(): Omit<ISectionOptions, 'children'> {
  const margin = {
    ...{ top: margins.left, left: margins.bottom, bottom: margins.right, right: margins.top },
    ...{ header: mm(10), footer: mm(10) },
  }
  const beside = (side: 'odd' | 'even') => new Header({ children: [turnedNumber(side), new Paragraph({})] })
  return {
    properties: {
      // docx turns width and height round itself for a landscape page.
      page: { size: { ...a4, orientation: PageOrientation.LANDSCAPE }, margin },
    },
    headers: { default: beside('odd'), even: beside('even') },
    // Or a section would go on with those of the one before.
    footers: {
      default: new Footer({ children: [new Paragraph({})] }),
      even: new Footer({ children: [new Paragraph({})] }),
    },
  }
}

/** LibreOffice sets a field in its paragraph's style, whatever its run says. */
export const pageNumberStyle = 'PageFooter'

/** — 1 —, odd ones right and a character in, even ones left. */
function numberOn(side: 'odd' | 'even', spacing?: ISpacingProperties): Paragraph {
  const [alignment, indent] =
    side === 'odd' ? [AlignmentType.RIGHT, { right: numberLine }] : [AlignmentType.LEFT, { left: numberLine }]
  return new Paragraph({
    style: pageNumberStyle,
    alignment,
    indent,
    spacing,
    children: ['— ', PageNumber.CURRENT, ' —'].map((part) => new TextRun({ children: [part] })),
  })
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const borders = {
  ...{ top: none, bottom: none, left: none, right: none },
  ...{ insideHorizontal: none, insideVertical: none },
}

/** In the middle of a line that is as high as its face: exactly as high, programs differ in where it stands. */
const turnedNumberEdge = mm(35 - 7 + 3.2)

/** A cell of one line beside the text, whose writing goes down. */
function turnedNumber(side: 'odd' | 'even'): Table {
  const width = mm(8)
  const cell = new TableCell({
    textDirection: TextDirection.TOP_TO_BOTTOM_RIGHT_TO_LEFT,
    children: [numberOn(side)],
  })
  return new Table({
    borders,
    width: { size: width, type: WidthType.DXA },
    columnWidths: [width],
    margins: { left: 0, right: 0 },
    float: {
      horizontalAnchor: TableAnchorType.PAGE,
      verticalAnchor: TableAnchorType.PAGE,
      absoluteHorizontalPosition: turnedNumberEdge - width,
      absoluteVerticalPosition: margins.left,
    },
    rows: [new TableRow({ height: { value: text.width, rule: HeightRule.EXACT }, children: [cell] })],
  })
}
