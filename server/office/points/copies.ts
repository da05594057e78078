import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act } from '../../../db/act.ts'
import { arrange } from '../../../db/queries/points/arranging.ts'
import { inheritByCopies, nearCopies } from '../../../db/queries/points/inheriting.ts'
import { commentToSplit, type SplitComment } from '../../../db/queries/points/splits.ts'
import { repeatable } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actOf } from '../../plugins/roles.ts'
import { type Arrangement, uncoveredSentences } from '../../rules/points/arrangement.ts'
import { carried, gone } from '../../rules/points/carried.ts'
import { differences } from '../../text/comparing/differences.ts'
import { letterSentences } from '../../text/cutting/letter-sentences.ts'
import { type OfSplit, splitAddress, splitAsked } from './asked-split.ts'

/** So many that differ are parted at one press: each is compared with the first, word by word. */
const atOnce = 200

/**
 * POST /office/:slug/splits/:comment/copies: a campaign is worked once. Copies that are the same to the letter get the points of
 * its first comment, with their concerns and answers; one that differs gets those whose words it has, and what its sender
 * wrote into them or beside them is for a person (ACUS Recommendation 2021-1).
 */
export function copies(app: FastifyInstance, deps: Dependencies): void {
  app.post<OfSplit>('/splits/:comment/copies', async (request, reply) => {
    const { comment } = await splitAsked(deps, request)
    const act = actOf(request, deps)
    await inheritByCopies(deps.db, comment.id, act)
    for (const publicId of await nearCopies(deps.db, comment.id, atOnce))
      await inheritWhatIsSame(deps, request, comment, publicId, act)
    return reply.redirect(splitAddress(request.consultation, comment), 303)
  })
}

async function inheritWhatIsSame(
  { db }: Dependencies,
  { consultation }: FastifyRequest<OfSplit>,
  first: SplitComment,
  publicId: string,
  act: Act,
): Promise<void> {
  const copy = await commentToSplit(db, consultation.id, publicId)
  if (!copy) return
  const arrangement = sameWords(first, copy)
  if (arrangement.length === 0) return
  const uncovered = uncoveredSentences(copy.body, letterSentences(copy.body), arrangement)
  // Where somebody else has just parted or judged it, theirs stands.
  await repeatable(
    arrange(db, copy, { state: 'split', arrangement, uncovered }, act, 'comment.inherit_points'),
  )
}

/** The points of the first whose words stand in the copy, each with its concern and answer. */
function sameWords(first: SplitComment, copy: SplitComment): Arrangement {
  const same = carried(first.split.arrangement, differences(first.body, copy.body), gone)
  return same.map((point) => ({ ...point, id: randomUUID() }))
}
