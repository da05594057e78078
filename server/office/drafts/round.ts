import type { FastifyRequest } from 'fastify'
import type { Database } from '../../../db/open.ts'
import { findRound, type RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { notFound } from '../../plugins/page-error.ts'
import { consultationOf } from '../consultation.ts'

/** The round that the address names, published or not. @throws PageError 404 */
export async function roundOf(request: FastifyRequest, db: Database): Promise<RoundWithUnits> {
  const number: unknown = Reflect.get(Object(request.params), 'round')
  const valid = typeof number === 'string' && /^[1-9]\d{0,2}$/.test(number)
  const round = valid ? await findRound(db, consultationOf(request).id, Number(number)) : null
  if (!round) throw notFound()
  return round
}
