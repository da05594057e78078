import { AlignmentType, Document, ImageRun, Packer, Paragraph } from 'docx'
import { asPicture, type Chart } from '../formats/drawing.ts'
import { a4Section, sizes, textRuns, titleParagraph, wordStyles } from '../formats/word-page.ts'

/** A chart in a report, and what is written under it. */
interface ReportChart {
  caption: string
  chart: Chart
}

/**
 * 公开征求意见情况说明 as a Word document, set after GB/T 9704, with its charts as pictures.
 * @param report paragraphs separated by an empty line; a first line that opens with 一、 is a heading
 * @param signer 落款, with its day
 */
export async function writeReport(
  title: string,
  report: string,
  charts: ReportChart[],
  signer: { organ: string; day: string },
): Promise<Buffer> {
  const pictures = await Promise.all(charts.map(picture))
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
          ...pictures.flat(),
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
async function picture({ caption, chart }: ReportChart, number: number): Promise<Paragraph[]> {
  const { data, width, height } = await asPicture(chart, pictureWidth * 2)
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
