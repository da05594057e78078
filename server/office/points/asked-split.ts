import type { FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { commentToSplit, type SplitComment } from '../../../db/queries/points/splits.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { interludes, type Span, saysNothing } from '../../rules/points/arrangement.ts'
import { letterSentences } from '../../text/cutting/letter-sentences.ts'
import { type ProposedCut, proposedCuts } from '../../text/cutting/proposed-cuts.ts'
import { type KnownThings, knownThings } from './known-things.ts'

/** An address under /office/:slug/splits/:comment. */
export interface OfSplit {
  Params: { comment: string }
}

/** The comment that the address names, with all that is needed to part it. */
export interface AskedSplit {
  comment: SplitComment
  known: KnownThings
  sentences: Span[]
}

/** @throws PageError 404 where no comment of this id is admitted in this consultation */
export async function splitAsked(
  deps: Dependencies,
  { consultation, params }: FastifyRequest<OfSplit>,
): Promise<AskedSplit> {
  const [comment, known] = await Promise.all([
    commentToSplit(deps.db, consultation.id, params.comment),
    knownThings(deps, consultation.id),
  ])
  if (!comment) throw notFound()
  return { comment, known, sentences: letterSentences(comment.body) }
}

export function splitAddress({ slug }: Consultation, { publicId }: Pick<SplitComment, 'publicId'>): string {
  return `/office/${slug}/splits/${publicId}`
}

/** What is proposed for all of a letter that no point covers. */
export function openCuts({ comment, known }: AskedSplit): ProposedCut[] {
  const characters = [...comment.body]
  const gaps = interludes(comment.split.arrangement, characters.length)
  return proposedCuts(comment.body, known.ordered).flatMap((cut) =>
    gaps.flatMap((gap) => {
      const [start, end] = [Math.max(cut.start, gap.start), Math.min(cut.end, gap.end)]
      return saysNothing(characters.slice(start, end).join('')) ? [] : [{ ...cut, start, end }]
    }),
  )
}
