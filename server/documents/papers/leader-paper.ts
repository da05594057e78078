import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  HeightRule,
  LineRuleType,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { versionedLeaderPage } from '../../../db/queries/briefs/leader-page.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { textRuns, widthOf } from '../formats/word-page.ts'
import { type LeaderSheet, leaderSheet } from './leader-sheet.ts'
import { type PaperRequest, PaperUnavailable } from './paper-request.ts'

/*
 * 呈阅件（一页）: one side of A4, so it is set smaller than an official paper: 小四 with lines exactly as high, since
 * programs differ in what is natural.
 */
const mm = convertMillimetersToTwip
const page = { size: { width: mm(210), height: mm(297) }, margin: around(15) }
const width = mm(180)
const [first, number] = [mm(24), mm(13)]
const half = Math.floor((width - first - number) / 2)
/** Half-points: 五号. */
const size = 21
const line = { line: 276, lineRule: LineRuleType.EXACT, before: 0, after: 0 }
/** A long title has two lines. */
const mostOfTitle = 70

/**
 * The page as Word has it.
 * @throws PaperUnavailable where what was typed on it names numbers that the data does not bear out
 */
export async function leaderPaper({ db, consultation, now }: PaperRequest): Promise<Buffer> {
  const version = await currentVersion(db, versionedLeaderPage(consultation.id))
  const sheet = await leaderSheet(db, consultation, version?.said ?? null, now)
  if (sheet.wrong.length > 0) {
    const wrong = sheet.wrong.map(({ said, actual }) => `写的是“${said}”，数据是 ${actual}`)
    throw new PaperUnavailable(`呈阅件文字里的数字和数据不一致：${wrong.join('；')}。请改好再下载。`)
  }
  return leaderDocx(sheet)
}

/** @param sheet what stands on it */
export function leaderDocx(sheet: LeaderSheet): Promise<Buffer> {
  const { organ, day, text, title } = sheet
  const children = [
    spread([`内部资料`, organ, day]),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 120, after: 60, line: 560, lineRule: LineRuleType.EXACT },
      children: textRuns('呈　阅　件', { face: 'title', size: 44 }),
    }),
    written(`${excerpt(title, mostOfTitle)}公开征求意见情况`, { alignment: AlignmentType.CENTER }),
    new Table({
      width: { size: width, type: WidthType.DXA },
      columnWidths: [first, half, number, width - first - half - number],
      layout: TableLayoutType.FIXED,
      borders: ruled,
      rows: rowsOf(sheet),
    }),
    gap(),
    spread([`承办处室：${text.unit ?? ''}`, `联系人：${text.contact ?? ''}`, `电话：${text.phone ?? ''}`]),
  ]
  const section = { properties: { page }, children }
  return packed(officialDocument({ title: `${title}呈阅件`, sections: [section] }))
}

function rowsOf(sheet: LeaderSheet): TableRow[] {
  const { text, concerns, differences, moreDifferences } = sheet
  const differing = [
    ...differences.map(
      ({ about, unit, theirs, ours }) =>
        `${about ? `就“${about}”，` : ''}${unit}：${theirs}。起草单位：${ours ?? '尚未提出意见'}。`,
    ),
    ...(moreDifferences > 0 ? [`另有${moreDifferences}项，见部门意见汇总表。`] : []),
  ]
  return [
    row('请示事项', [text.question ?? '']),
    row('基本数据', [sheet.figures]),
    new TableRow({
      children: [
        label('主要意见和拟办意见', Math.max(1, concerns.length) + 1),
        head('主要意见'),
        head('条'),
        head('拟办意见'),
      ],
    }),
    ...(concerns.length === 0
      ? [new TableRow({ children: [cell(['还没有归并意见。'], 3)] })]
      : concerns.map(
          ({ sentence, count, proposal }, place) =>
            new TableRow({
              cantSplit: true,
              children: [
                cell([`${place + 1}. ${sentence}`]),
                cell([String(count)], 1, AlignmentType.RIGHT),
                cell([proposal]),
              ],
            }),
        )),
    row('部门分歧', differing.length > 0 ? differing : ['没有未协调一致的意见。']),
    row('需研究决定的事项', [text.decisions ?? '']),
    row('变化情况', [sheet.changes]),
    new TableRow({
      height: { value: roomForReply(sheet), rule: HeightRule.EXACT },
      children: [label('批示'), cell([''], 3)],
    }),
  ]
}

/** What the lines above leave of the side, 30 mm at least: the fewer they are, the more room there is to write. */
function roomForReply({ text, figures, concerns, differences, changes }: LeaderSheet): number {
  const lines = (said: string, room: number) =>
    Math.max(1, Math.ceil(widthOf(said) / Math.floor(room / (size * 10 + 8))))
  const across = width - first - 160
  const used = [
    ...[text.question ?? '', figures, text.decisions ?? '', changes].map((said) =>
      Math.max(2, lines(said, across)),
    ),
    ...concerns.map(({ sentence, proposal }) =>
      Math.max(lines(`1. ${sentence}`, half - 160), lines(proposal, half - 160)),
    ),
    ...differences.map(({ about, unit, theirs, ours }) =>
      lines(`就“${about}”，${unit}：${theirs}。起草单位：${ours ?? '尚未提出意见'}。`, across),
    ),
    // The heads, the line for what else is disputed, and what stands above and below the table.
    8,
  ].reduce((sum, count) => sum + count, 0)
  const rows = 8 + concerns.length
  return Math.max(
    mm(30),
    mm(297 - 2 * 15 - 14) - used * line.line - rows * (padding.top + padding.bottom + 10),
  )
}

function row(name: string, lines: string[]): TableRow {
  return new TableRow({ cantSplit: true, children: [label(name), cell(lines, 3)] })
}

function label(name: string, rowSpan = 1): TableCell {
  return new TableCell({
    rowSpan,
    verticalAlign: VerticalAlign.CENTER,
    margins: padding,
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: line,
        children: runs(name, 'heading'),
      }),
    ],
  })
}

function head(name: string): TableCell {
  return new TableCell({
    margins: padding,
    children: [
      new Paragraph({ spacing: line, alignment: AlignmentType.CENTER, children: runs(name, 'heading') }),
    ],
  })
}

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType]

function cell(lines: string[], columnSpan = 1, alignment: Alignment = AlignmentType.LEFT): TableCell {
  return new TableCell({
    columnSpan,
    verticalAlign: VerticalAlign.CENTER,
    margins: padding,
    children: lines.map((text) => written(text, { alignment })),
  })
}

/** Word makes one table of two that nothing parts. */
function gap(): Paragraph {
  return new Paragraph({ spacing: { ...line, line: 60 } })
}

function written(text: string, options: { alignment: Alignment }): Paragraph {
  return new Paragraph({ ...options, spacing: line, children: runs(text) })
}

function runs(text: string, face: 'body' | 'heading' = 'body'): ParagraphChild[] {
  return textRuns(text, { face, size })
}

const rule = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const ruled = {
  ...{ top: rule, bottom: rule, left: rule, right: rule },
  ...{ insideHorizontal: rule, insideVertical: rule },
}
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }

/** Three texts in one line: left, in the middle, right. */
function spread(texts: [string, string, string]): Table {
  const sides = [AlignmentType.LEFT, AlignmentType.CENTER, AlignmentType.RIGHT]
  const third = Math.floor(width / 3)
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: [third, third, width - 2 * third],
    layout: TableLayoutType.FIXED,
    borders: {
      top: none,
      bottom: none,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    rows: [
      new TableRow({
        children: texts.map(
          (text, side) =>
            new TableCell({
              margins: { top: 40, bottom: 40, left: 0, right: 0 },
              children: [written(text, { alignment: sides[side] ?? AlignmentType.LEFT })],
            }),
        ),
      }),
    ],
  })
}

const padding = { top: 30, bottom: 30, left: 80, right: 80 }

function around(millimetres: number) {
  const edge = mm(millimetres)
  return { top: edge, bottom: edge, left: edge, right: edge, header: mm(8), footer: mm(8) }
}
