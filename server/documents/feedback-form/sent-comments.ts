import { Paragraph } from 'docx'
import { nameOf, proposalNames, stanceNames } from '../../rules/names.ts'
import { officialDocument, packed } from '../formats/official-document.ts'
import { a4Section } from '../formats/official-page.ts'
import { bodyParagraph, textRuns, titleParagraph } from '../formats/word-page.ts'

/** A comment as it was sent, or as its author last revised it. */
interface SentComment {
  clauseName: string
  stance: string
  quote: string | null
  body: string
  proposal: string | null
  wording: string | null
}

/** What somebody has sent in, as a Word file to keep: only what they wrote themselves, and the number of the receipt. */
export function writeSentComments(
  { title, number, receivedAt }: { title: string; number: string; receivedAt: string },
  comments: readonly SentComment[],
): Promise<Buffer> {
  const children = [
    titleParagraph(`对《${title}》的意见`),
    bodyParagraph(textRuns(`回执号：${number}`)),
    bodyParagraph(textRuns(`收到时间：${receivedAt}`)),
    ...comments.flatMap(paragraphsOf),
  ]
  return packed(officialDocument({ title: '提交的意见', sections: [{ ...a4Section('portrait'), children }] }))
}

function paragraphsOf(
  { clauseName, stance, quote, body, proposal, wording }: SentComment,
  place: number,
): Paragraph[] {
  const head = `${place + 1}. ${clauseName}（${nameOf(stanceNames, stance)}）`
  const proposed = proposal ? [`${nameOf(proposalNames, proposal)}${wording ? `：${wording}` : ''}`] : []
  const lines = [...(quote ? [`引用：“${quote}”`] : []), ...body.split('\n'), ...proposed]
  return [
    new Paragraph({ keepNext: true, children: textRuns(head, { face: 'heading' }) }),
    ...lines.map((line) => bodyParagraph(textRuns(line))),
  ]
}
