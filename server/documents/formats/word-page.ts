import {
  AlignmentType,
  type FileChild,
  HeadingLevel,
  ImportedXmlComponent,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Paragraph,
  type ParagraphChild,
  ParagraphProperties,
  ShadingType,
  TextRun,
} from 'docx'
import { printable } from '../../text/words/printable.ts'

/** GB/T 9704 sets body text in 仿宋, headings in 黑体 and 楷体, the title in 小标宋. */
export const typefaces = {
  body: '仿宋',
  heading: '黑体',
  subheading: '楷体',
  title: '方正小标宋简体',
} as const

/** Half-points: 三号, 二号, 四号 and 五号. */
export const sizes = { body: 32, title: 44, pageNumber: 28, table: 21 } as const

/** In twentieths of a point, so that 28 characters of 三号 go into a line of 156 mm. */
const bodyPitch = -5
/** Two characters of the body, in twentieths of a point. */
const twoCharacters = 2 * (sizes.body * 10 + bodyPitch)

export const face = (name: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: name,
  cs: name,
})

/** The face for Chinese, beside Times New Roman for the rest. */
export function eastAsian(name: keyof typeof typefaces): ReturnType<typeof face> {
  return face(typefaces[name])
}

type RunOptions = Omit<IRunOptions, 'text'> & { face?: keyof typeof typefaces }

/** What a run of this face and size is set in; of the body where none is said. */
export function setIn({ face: name = 'body', size = sizes.body, ...run }: RunOptions = {}) {
  return { ...run, size, font: eastAsian(name), ...(size === sizes.body && { characterSpacing: bodyPitch }) }
}

/** Runs of text whose line ends are line breaks and which hold nothing that XML forbids. */
export function textRuns(text: string, options: RunOptions = {}): TextRun[] {
  return printable(text)
    .split(/\r\n?|\n/)
    .map((line, i) => new TextRun({ ...setIn(options), text: line, break: i > 0 ? 1 : 0 }))
}

/** Its lines are not those of the page's grid, of which LibreOffice would give each of them two; docx has no option for that. */
class OffGrid extends Paragraph {
  constructor(options: IParagraphOptions) {
    super(options)
    const [properties] = this.root
    if (!(properties instanceof ParagraphProperties)) throw new Error('docx wrote a paragraph otherwise')
    properties.push(new ImportedXmlComponent('w:snapToGrid', { 'w:val': '0' }))
  }
}

/** @param within what else stands in the paragraph besides the title's own runs */
export function titleParagraph(
  text: string,
  within: (runs: TextRun[]) => ParagraphChild[] = (runs) => runs,
): Paragraph {
  return new OffGrid({
    heading: HeadingLevel.TITLE,
    children: within(textRuns(text, { face: 'title', size: sizes.title })),
  })
}

/** A paragraph of the body: two characters in, justified. */
export const bodyParagraphStyle = {
  alignment: AlignmentType.JUSTIFIED,
  indent: { firstLine: twoCharacters },
} satisfies IParagraphOptions

export function bodyParagraph(children: readonly ParagraphChild[]): Paragraph {
  return new Paragraph({ ...bodyParagraphStyle, children })
}

/**
 * 落款 (GB/T 9704, 7.3.5.1): after an empty line the day four characters from the right edge, and the organ centred above it.
 * @param day as it is written: 2026年12月1日
 */
export function signedBy(organ: string, day: string): FileChild[] {
  const longer = widthOf(organ) - widthOf(day)
  const right = (characters: number) =>
    ({
      alignment: AlignmentType.RIGHT,
      indent: { right: Math.max(0, Math.round((characters * twoCharacters) / 2)) },
      keepLines: true,
    }) as const
  return [
    new Paragraph({ keepNext: true }),
    new Paragraph({ ...right(4 - longer / 2), keepNext: true, children: textRuns(organ) }),
    new Paragraph({ ...right(4), children: textRuns(day) }),
  ]
}

/** In characters: a figure or a Latin letter takes half of one. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (char < '\u2000' ? 0.5 : 1), 0)
}

/** Exactly as high as Word sets 二号. */
export const titleParagraphStyle = {
  alignment: AlignmentType.CENTER,
  spacing: { before: 0, after: 579, line: 700, lineRule: LineRuleType.EXACT },
  keepNext: true,
} as const

/** A cell's background; its pattern must be named too (ISO/IEC 29500-1, 17.4.32). @param fill RRGGBB */
export function shaded(fill: string) {
  return { type: ShadingType.CLEAR, fill }
}
