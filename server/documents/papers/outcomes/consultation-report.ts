import { AlignmentType, HeadingLevel, ImageRun, Paragraph } from 'docx'
import { asPicture, type Chart } from '../../formats/drawing.ts'
import { officialDocument, packed } from '../../formats/official-document.ts'
import { a4Section } from '../../formats/official-page.ts'
import { bodyParagraph, signedBy, textRuns, titleParagraph } from '../../formats/word-page.ts'

/** A chart in a report, and what is written under it. */
interface ReportChart {
  caption: string
  chart: Chart
}

/**
 * 公开征求意见情况说明 as a Word document, set after GB/T 9704, with its charts as pictures before its closing sentence.
 * @param report paragraphs separated by an empty line; a first line that opens with 一、 is a heading
 * @param signer 落款, with its day
 */
export async function writeReport(
  title: string,
  report: string,
  charts: ReportChart[],
  signer: { organ: string; day: string },
): Promise<Buffer> {
  const pictures = (await Promise.all(charts.map(picture))).flat()
  const paragraphs = report.split(/\n{2,}/)
  const closing = headingOf(paragraphs.at(-1) ?? '') === null ? paragraphs.splice(-1) : []
  const set = (some: string[]) => some.flatMap((paragraph) => paragraph.split('\n').map(reportLine))
  const children = [
    titleParagraph(title),
    ...set(paragraphs),
    ...pictures,
    ...set(closing),
    ...signedBy(signer.organ, signer.day),
  ]
  const sections = [{ ...a4Section('portrait'), children }]
  return packed(officialDocument({ title, creator: signer.organ, sections }))
}

const headings = [
  { opens: /^[一二三四五六七八九十]+、/, heading: HeadingLevel.HEADING_1, face: 'heading' },
  // A sentence that goes on is no heading, though it is numbered as one.
  { opens: /^（[一二三四五六七八九十]+）[^。]{1,40}$/, heading: HeadingLevel.HEADING_2, face: 'subheading' },
] as const

function headingOf(text: string) {
  return headings.find(({ opens }) => opens.test(text)) ?? null
}

function reportLine(text: string): Paragraph {
  const as = headingOf(text)
  if (!as) return bodyParagraph(textRuns(text))
  return new Paragraph({ heading: as.heading, children: textRuns(text, { face: as.face }) })
}

/** On the page as wide as the text; drawn at twice that, so that it prints sharply. */
const pictureWidth = 560

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
