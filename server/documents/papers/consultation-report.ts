import { AlignmentType, Document, ImageRun, Packer, Paragraph } from 'docx'
import { asPicture } from '../formats/charts.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from '../formats/word-page.ts'

/** A chart in a report: its caption and its SVG document. */
interface ReportChart {
  caption: string
  svg: string
}

/**
 * 公开征求意见情况说明 as a Word document, set after GB/T 9704, with its charts as pictures.
 * @param report paragraphs separated by an empty line; a first line that opens with 一、 is a heading
 * @param signer 落款, with its day
 */
export function writeReport(
  title: string,
  report: string,
  charts: ReportChart[],
  signer: { organ: string; day: string },
): Promise<Buffer> {
  const file = new Document({
    styles: wordStyles,
    title,
    creator: signer.organ,
    sections: [
      {
        ...a4Section('portrait'),
        children: [
          titleParagraph(title),
          ...report.split(/\n{2,}/).flatMap((paragraph) => paragraph.split('\n').map(reportLine)),
          ...charts.flatMap(picture),
          ...[signer.organ, signer.day].map(
            (text) =>
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                spacing: { before: 120 },
                children: textRuns(text),
              }),
          ),
        ],
      },
    ],
  })
  return Packer.toBuffer(file)
}

function reportLine(text: string): Paragraph {
  const heading = /^[一二三四五六七八九十]+、/.test(text)
  return new Paragraph({
    keepNext: heading,
    spacing: { line: 560, lineRule: 'exact' },
    indent: { firstLine: sizes.body * 20 },
    children: textRuns(text, { face: heading ? 'heading' : 'body', size: sizes.body }),
  })
}

/** On the page as wide as the text; drawn at twice that, so that it prints sharply. */
const pictureWidth = 580

/** @param number its place among the pictures: Word wants each one's id to be its own */
function picture({ caption, svg }: ReportChart, number: number): Paragraph[] {
  const { data, width, height } = asPicture(svg, pictureWidth * 2)
  const transformation = { width: pictureWidth, height: Math.round((height / width) * pictureWidth) }
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { before: 240 },
      children: [
        new ImageRun({
          type: 'png',
          data,
          transformation,
          altText: { id: String(number + 1), name: caption, title: caption, description: caption },
        }),
      ],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      children: textRuns(`图　${caption}`, { face: 'subheading', size: 24 }),
    }),
  ]
}
