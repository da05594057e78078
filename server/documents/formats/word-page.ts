import {
  AlignmentType,
  convertMillimetersToTwip,
  Footer,
  type IRunOptions,
  type ISectionOptions,
  type IStylesOptions,
  PageNumber,
  PageOrientation,
  Paragraph,
  type ParagraphChild,
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

/** Half-points: 三号, 二号 and 五号. */
export const sizes = { body: 32, title: 44, table: 21 } as const

const face = (name: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: name,
  cs: name,
})

/** The face for Chinese, beside Times New Roman for the rest. */
export function eastAsian(name: keyof typeof typefaces): ReturnType<typeof face> {
  return face(typefaces[name])
}

/** Runs of text whose line ends are line breaks and which hold nothing that XML forbids. */
export function textRuns(
  text: string,
  options: Omit<IRunOptions, 'text'> & { face?: keyof typeof typefaces } = {},
): TextRun[] {
  const { face: name = 'body', ...run } = options
  return printable(text)
    .split(/\r\n?|\n/)
    .map((line, i) => new TextRun({ ...run, font: face(typefaces[name]), text: line, break: i > 0 ? 1 : 0 }))
}

/** @param within what else stands in the paragraph besides the title's own runs */
export function titleParagraph(
  text: string,
  within: (runs: TextRun[]) => ParagraphChild[] = (runs) => runs,
): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 240 },
    children: within(textRuns(text, { face: 'title', size: sizes.title })),
  })
}

const a4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) }

/** A4 with the page's number in its foot. */
export function a4Section(orientation: 'portrait' | 'landscape'): Omit<ISectionOptions, 'children'> {
  const margin = convertMillimetersToTwip(orientation === 'portrait' ? 27 : 18)
  return {
    properties: {
      page: {
        // docx turns width and height round itself for a landscape page.
        size: {
          ...a4,
          orientation: orientation === 'portrait' ? PageOrientation.PORTRAIT : PageOrientation.LANDSCAPE,
        },
        margin: { top: margin, bottom: margin, left: margin, right: margin },
      },
    },
    footers: { default: pageNumbers() },
  }
}

function pageNumbers(): Footer {
  const parts = ['第 ', PageNumber.CURRENT, ' 页，共 ', PageNumber.TOTAL_PAGES, ' 页']
  const children = parts.map((part) => new TextRun({ children: [part] }))
  return new Footer({ children: [new Paragraph({ style: footerStyle, children })] })
}

/** LibreOffice sets a field in its paragraph's style, whatever its run says. */
const footerStyle = 'PageFooter'

export const wordStyles: IStylesOptions = {
  paragraphStyles: [
    {
      id: footerStyle,
      name: 'Page Footer',
      run: { size: 18, font: face('宋体') },
      paragraph: { alignment: AlignmentType.CENTER },
    },
  ],
  default: { document: { run: { font: face(typefaces.body), size: sizes.body } } },
}

/** A cell's background; its pattern must be named too (ISO/IEC 29500-1, 17.4.32). @param fill RRGGBB */
export function shaded(fill: string) {
  return { type: ShadingType.CLEAR, fill }
}
