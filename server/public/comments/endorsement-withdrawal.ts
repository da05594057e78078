import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type EndorsementStatus,
  endorsementStatus,
  withdrawEndorsement,
} from '../../../db/queries/comments/endorsements.ts'
import type { Dependencies } from '../../dependencies.ts'
import { actForm } from '../../rules/receipts/receipt-forms.ts'
import { type Frame, frameOf } from '../frame.ts'
import { changed, codeIn, orChanged } from '../receipts/receipt-acting.ts'
import { type EndorsementStatusPage, endorsementPage, mayWithdraw } from './endorsement-status.ts'

declare module '../../plugins/views.ts' {
  interface Views {
    'public/comments/endorsement-withdrawal': EndorsementStatusPage
  }
}

interface Endorsing {
  frame: Frame
  code: string
  status: EndorsementStatus
}

/** The endorsement that a request's code opens; null where it opens none. */
export async function endorsementIn(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Endorsing | null> {
  reply.header('cache-control', 'no-store')
  const code = codeIn(request)
  const status = code && (await endorsementStatus(deps.db, deps.seals, code))
  return status ? { frame: await frameOf(request, deps), code, status } : null
}

/** Asks, and once confirmed takes the endorsement back. @throws PageError 409 where that is not possible (any more) */
export async function endorsementWithdrawal(
  deps: Dependencies,
  { frame, code, status }: Endorsing,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const now = deps.now()
  if (!mayWithdraw(status, now)) throw changed()
  if (!actForm.typed(request.body).confirmed) {
    const page = await endorsementPage(deps, status, code, frame)
    return reply.page('public/comments/endorsement-withdrawal', {
      ...page,
      title: frame.t.endorsement.withdrawal.title,
    })
  }
  await withdrawEndorsement(deps.db, status, now).catch(orChanged)
  const { done } = frame.t.endorsement.withdrawal
  const withdrawn = { ...status, withdrawnAt: now }
  return reply.page(
    'public/comments/endorsement-status',
    await endorsementPage(deps, withdrawn, code, frame, done),
  )
}
