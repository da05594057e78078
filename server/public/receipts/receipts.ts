import type { FastifyInstance } from 'fastify'
import { endorsementStatus } from '../../../db/queries/comments/endorsements.ts'
import { receiptStatus } from '../../../db/queries/receipts/receipts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { limits } from '../../plugins/rate-limits.ts'
import { readReceiptCode } from '../../rules/receipts/receipts.ts'
import { endorsementPage } from '../comments/endorsement-status.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { statusPage } from './receipt-status.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/receipts/receipts': { frame: Frame; title: string; typed: string; error: string | null }
  }
}

/** What became of a submission, by its code. The code is only ever sent in a body: an address ends up in logs. */
export function receipts(app: FastifyInstance, deps: Dependencies): void {
  app.get('/receipts', async (request, reply) => {
    const frame = await frameOf(request, deps)
    return reply.keptPage(frameKey(frame), () =>
      app.page('public/receipts/receipts', {
        frame,
        title: frame.t.receipt.lookUp,
        typed: '',
        error: null,
      }),
    )
  })

  app.post('/receipts', { config: { rateLimit: limits.receipt } }, async (request, reply) => {
    const frame = await frameOf(request, deps)
    const typed = typedCode(request.body)
    const code = readReceiptCode(typed)
    const status = code && (await receiptStatus(deps.db, deps.seals, code))
    reply.header('cache-control', 'no-store')
    if (status)
      return reply.page('public/receipts/receipt-status', await statusPage(deps, status, code, frame))
    const endorsement = code && (await endorsementStatus(deps.db, deps.seals, code))
    if (endorsement) {
      return reply.page(
        'public/comments/endorsement-status',
        await endorsementPage(deps, endorsement, code, frame),
      )
    }
    const error = code ? frame.t.receipt.notFound : frame.t.receipt.wrongCode
    reply.code(code ? 404 : 422)
    return reply.page('public/receipts/receipts', {
      frame,
      title: frame.t.receipt.lookUp,
      typed,
      error,
    })
  })
}

function typedCode(body: unknown): string {
  const { code } = Object(body)
  return typeof code === 'string' ? code.slice(0, 100) : ''
}
