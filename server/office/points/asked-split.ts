import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { commentToSplit, type SplitComment } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { overlap, type Span } from '../../rules/points/arrangement.ts'
import { letterSentences } from '../../text/cutting/letter-sentences.ts'
import { type ProposedCut, proposedCuts } from '../../text/cutting/proposed-cuts.ts'

/** An address under /office/:slug/splits/:comment. */
export interface OfSplit {
  Params: { comment: string }
}

/** The comment that the address names, with all that is needed to part it. */
export interface AskedSplit {
  comment: SplitComment
  clauses: readonly OrderedClause[]
  sentences: Span[]
}

/** @throws PageError 404 where no comment of this id is admitted in this consultation */
export async function splitAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfSplit>,
): Promise<AskedSplit> {
  const [comment, clauses] = await Promise.all([
    commentToSplit(db, consultation.id, params.comment),
    orderedClauses(db, consultation.id),
  ])
  if (!comment) throw notFound()
  return { comment, clauses, sentences: letterSentences(comment.body) }
}

export function splitAddress({ slug }: Consultation, { publicId }: Pick<SplitComment, 'publicId'>): string {
  return `/office/${slug}/splits/${publicId}`
}

/** What is proposed for all of a letter that no point covers. */
export function openCuts({ comment, clauses }: AskedSplit): ProposedCut[] {
  const { arrangement } = comment.split
  return proposedCuts(comment.body, clauses).filter(
    (cut) => !arrangement.some((point) => overlap(point, cut)),
  )
}
