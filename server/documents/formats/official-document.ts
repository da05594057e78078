import { Document, type IPropertiesOptions, type IStylesOptions, Packer } from 'docx'
import { pageNumberStyle } from './official-page.ts'
import { bodyParagraphStyle, face, setIn, sizes, titleParagraphStyle, typefaces } from './word-page.ts'

/** GB/T 9704: 一、 in 黑体, （一） in 楷体, what is deeper in 仿宋. */
export const headingFaces = ['heading', 'subheading', 'body', 'body', 'body', 'body'] as const

/** Headings are styles of their own, each level one, so that Word's navigation shows them. */
const styles: IStylesOptions = {
  paragraphStyles: [
    { id: pageNumberStyle, name: 'Page Footer', run: { size: sizes.pageNumber, font: face('宋体') } },
  ],
  default: {
    document: { run: { font: face(typefaces.body), size: sizes.body } },
    title: { run: setIn({ face: 'title', size: sizes.title }), paragraph: titleParagraphStyle },
    ...Object.fromEntries(
      headingFaces.map((name, index) => [
        `heading${index + 1}`,
        {
          run: { ...setIn({ face: name }), bold: index > 1, color: '000000' },
          paragraph: { ...bodyParagraphStyle, spacing: { before: 0, after: 0 }, keepNext: true },
        },
      ]),
    ),
  },
}

/** A Word document as an official paper is set: its sections are `a4Section`s. */
export function officialDocument(
  options: Omit<IPropertiesOptions, 'styles' | 'evenAndOddHeaderAndFooters'>,
): Document {
  return new Document({ ...options, styles, evenAndOddHeaderAndFooters: true })
}

/** What a machine takes that lacks a face, and whether its strokes have serifs (ISO/IEC 29500-1, 17.8.3). */
const instead = [
  { name: typefaces.title, alternative: '宋体', family: 'roman' },
  { name: typefaces.body, alternative: '仿宋_GB2312', family: 'modern' },
  { name: typefaces.subheading, alternative: '楷体_GB2312', family: 'modern' },
  { name: typefaces.heading, alternative: '微软雅黑', family: 'swiss' },
  { name: '宋体', alternative: 'SimSun', family: 'roman' },
  { name: 'Times New Roman', alternative: 'Liberation Serif', family: 'roman' },
]

const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${instead
  .map(
    ({ name, alternative, family }) =>
      `<w:font w:name="${name}"><w:altName w:val="${alternative}"/><w:family w:val="${family}"/></w:font>`,
  )
  .join('')}</w:fonts>`

/** The file of a document that `officialDocument` made. */
export function packed(document: Document): Promise<Buffer> {
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable }])
}
