import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../db/database.ts'
import { findRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { notFound } from '../../plugins/page-error.ts'

/** An address under /office/:slug/rounds/:round. */
export interface OfRound {
  Params: { round: string }
}

/** The round that the address names, published or not. @throws PageError 404 */
export async function roundOf(
  { consultation, params }: FastifyRequest<OfRound>,
  db: Database,
): Promise<RoundWithUnits> {
  const valid = /^[1-9]\d{0,2}$/.test(params.round)
  const round = valid ? await findRound(db, consultation.id, Number(params.round)) : null
  if (!round) throw notFound()
  return round
}
