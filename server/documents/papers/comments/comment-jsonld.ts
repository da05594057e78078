import { Readable } from 'node:stream'
import type { ReadComment } from '../../../../db/queries/comments/reading.ts'
import { shanghaiDay } from '../../../rules/days.ts'
import { wholeDraft } from '../../../rules/names.ts'
import type { PaperRequest } from '../paper-request.ts'
import { type AnalysedComment, analysed } from './analysed-comments.ts'
import { jsonList } from './comment-json.ts'
import { scopedComments } from './scoped-comments.ts'

/**
 * The published comments as W3C Web Annotations (REC-annotation-model-20170223), one AnnotationPage; ids and targets are made
 * of the portal's address. Once the outcome is published each says what came of it: the outcome's identifier classifies
 * it, the reason replies to it.
 */
export async function commentsJsonLd(request: PaperRequest): Promise<Readable> {
  const { consultation, origin } = request
  const address = `${origin}/consultations/${consultation.slug}`
  const facts = {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    id: `${address}/comments.jsonld`,
    type: 'AnnotationPage',
    label: consultation.title,
  }
  const asked = { ...request, scope: 'public' } as const
  const published = analysed(asked, scopedComments(asked))
  return Readable.from(jsonList(facts, 'items', annotations(published, address)), { objectMode: false })
}

async function* annotations(comments: AsyncIterable<AnalysedComment>, address: string) {
  for await (const comment of comments) yield annotation(comment, address)
}

function annotation({ comment, answer }: AnalysedComment, address: string) {
  const { publicId, clause, body, wording, quote, stance, proposal, createdAt } = comment
  const text = (value: string, purpose: string) => ({
    type: 'TextualBody',
    value,
    purpose,
    format: 'text/plain',
    language: 'zh',
  })
  return {
    id: `${address}/comments/${publicId}`,
    type: 'Annotation',
    motivation: proposal ? 'editing' : stance === 'question' ? 'questioning' : 'assessing',
    created: `${shanghaiDay(createdAt)}T00:00:00+08:00`,
    body: [
      text(body, 'commenting'),
      ...(wording ? [text(wording, 'editing')] : []),
      { type: 'TextualBody', value: stance, purpose: 'tagging' },
      ...(answer ? [{ type: 'TextualBody', value: answer.outcome, purpose: 'classifying' }] : []),
      ...(answer ? [text(answer.reason, 'replying')] : []),
    ],
    target: {
      source: clause === wholeDraft ? address : `${address}/clauses/${clause}`,
      ...(quote && { selector: selector(quote) }),
    },
  }
}

function selector({ prefix, exact, suffix, start, end }: NonNullable<ReadComment['quote']>) {
  return {
    type: 'TextQuoteSelector',
    prefix,
    exact,
    suffix,
    refinedBy: { type: 'TextPositionSelector', start, end },
  }
}
