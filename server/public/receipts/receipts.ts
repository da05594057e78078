import type { FastifyInstance } from 'fastify'
import { endorsementStatus } from '../../../db/queries/comments/endorsements.ts'
import { receiptStatus } from '../../../db/queries/receipts/receipts.ts'
import type { Dependencies } from '../../dependencies.ts'
import { codeForm } from '../../rules/receipts/receipt-forms.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { endorsementPage } from '../comments/endorsement-status.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { bothPages, statusPage } from './receipt-status.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/receipts/receipts': {
      frame: Frame
      title: string
      typed: { code: string }
      errors: FieldError[]
    }
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
        typed: { code: '' },
        errors: [],
      }),
    )
  })

  app.post('/receipts', { config: { limit: 'receipt' } }, async (request, reply) => {
    const frame = await frameOf(request, deps)
    const { typed, values, errors } = codeForm(frame.t.receipt.wrongCode).sent(request.body)
    const code = values?.code
    const status = code && (await receiptStatus(deps.db, deps.seals, code))
    reply.header('cache-control', 'no-store')
    if (status) {
      const earlier = codeForm('').sent({ code: typedText(request.body, 'earlier') }).values?.code
      const other = earlier && earlier !== code ? await receiptStatus(deps.db, deps.seals, earlier) : null
      const page =
        other && earlier
          ? await bothPages(deps, [status, code], [other, earlier], frame)
          : await statusPage(deps, status, code, frame)
      return reply.page('public/receipts/receipt-status', page)
    }
    const endorsement = code && (await endorsementStatus(deps.db, deps.seals, code))
    if (endorsement) {
      return reply.page(
        'public/comments/endorsement-status',
        await endorsementPage(deps, endorsement, code, frame),
      )
    }
    await request.countGuess()
    return reply.code(code ? 404 : 422).page('public/receipts/receipts', {
      frame,
      title: frame.t.receipt.lookUp,
      typed,
      errors: code ? [{ field: 'code', message: frame.t.receipt.notFound }] : errors,
    })
  })
}
