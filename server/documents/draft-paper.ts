import { currentRound } from '../../db/queries/consultations.ts'
import type { ReadComment } from '../../db/queries/reading.ts'
import { revisedWordingsOf } from '../../db/queries/revised-wordings.ts'
import { identityNames, nameOf, stanceNames } from '../rules/names.ts'
import { type Annotation, writeAnnotatedDraft } from './annotated-draft.ts'
import { commentsOf } from './comment-files.ts'
import type { PaperRequest } from './paper-request.ts'

/** Word grows slow on more balloons than a person would read in a margin. */
const mostAnnotations = 3000

/**
 * The draft in Word with its comments as 批注 and its revised wordings as tracked changes.
 * @throws TooManyAnnotations where a margin cannot hold them
 */
export async function draftPaper(request: PaperRequest): Promise<Buffer> {
  const { db, consultation, scope, now } = request
  const [round, wordings] = await Promise.all([
    currentRound(db, consultation.id),
    revisedWordingsOf(db, consultation.id),
  ])
  const annotations: Annotation[] = []
  for (const state of scope === 'public' ? ['published'] : ['published', 'withheld']) {
    for await (const comment of await commentsOf(request, state)) {
      if (annotations.length === mostAnnotations) throw new TooManyAnnotations(mostAnnotations)
      annotations.push(annotation(comment))
    }
  }
  return writeAnnotatedDraft(
    round?.title ?? consultation.title,
    round?.units ?? [],
    annotations,
    new Map(wordings.map(({ clause, text }) => [clause, text])),
    { author: consultation.organ, date: now },
  )
}

/** The comments are more than a Word file's margin can hold. */
export class TooManyAnnotations extends Error {
  override name = 'TooManyAnnotations'

  constructor(most: number) {
    super(`意见超过 ${most} 条，批注稿放不下；请改用意见汇总表。`)
  }
}

function annotation({
  clause,
  identity,
  maskedName,
  createdAt,
  stance,
  body,
  wording,
  quote,
}: ReadComment): Annotation {
  return {
    clause,
    author: maskedName ?? nameOf(identityNames, identity),
    date: createdAt,
    text: `【${nameOf(stanceNames, stance)}】${body}${wording ? `\n建议表述：${wording}` : ''}`,
    quote,
  }
}
