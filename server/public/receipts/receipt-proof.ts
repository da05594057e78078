import type { FastifyInstance } from 'fastify'
import { proofFile } from '../../../db/queries/transparency/receipt-proofs.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import { actingOn } from './receipt-acting.ts'

/** POST /receipts/proof: what the holder of a receipt checks it with, as a file. */
export function receiptProof(app: FastifyInstance, deps: Dependencies): void {
  app.post('/receipts/proof', { config: { limit: 'receipt' } }, async (request, reply) => {
    const { frame, status } = await actingOn(deps, request, reply)
    const { number, consultation } = status
    const file = await proofFile(deps.db, deps.seals, number, consultation, deps.now())
    if (!file) throw new PageError(503, 'proof_not_ready', frame.t.proof.title, frame.t.proof.notYet)
    return reply
      .header('content-disposition', `attachment; filename="${number}.json"`)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(file, null, 2))
  })
}
