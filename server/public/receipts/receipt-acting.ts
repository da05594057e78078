import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type ReceiptComment,
  type ReceiptStatus,
  receiptStatus,
} from '../../../db/queries/receipts/receipts.ts'
import { refusedAs } from '../../../db/refused.ts'
import type { Dependencies } from '../../dependencies.ts'
import { PageError } from '../../plugins/page-error.ts'
import type { ReceiptActs } from '../../rules/receipts/receipt-acts.ts'
import { actForm, codeForm } from '../../rules/receipts/receipt-forms.ts'
import { type Frame, frameOf } from '../frame.ts'
import { actsFor } from './receipt-status.ts'

/** What a request acts on: opened by the code in its body. */
export interface Acting {
  frame: Frame
  code: string
  status: ReceiptStatus
}

/** The code in a request's body, in its written form; null where it is none. */
export function codeIn({ body }: FastifyRequest): string | null {
  return codeForm('').sent(body).values?.code ?? null
}

/** @throws PageError 404 where the code opens nothing */
export async function actingOn(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Acting> {
  reply.header('cache-control', 'no-store')
  const code = codeIn(request)
  const status = code && (await receiptStatus(deps.db, deps.seals, code))
  if (!status) {
    await request.countGuess()
    throw new PageError(
      404,
      'unknown_code',
      '没有找到这个查询码对应的意见',
      '请到“查询我的意见”重新输入查询码。',
    )
  }
  return { frame: await frameOf(request, deps), code, status }
}

/** @throws PageError 404 for a comment of somebody else, 409 where the act is not possible (any more) */
export function commentFor(
  act: keyof ReceiptActs,
  { status }: Acting,
  request: FastifyRequest,
  now: Date,
): ReceiptComment {
  const typed = actForm.typed(request.body)
  const comment = status.comments.find(({ publicId }) => publicId === typed.comment)
  if (!comment)
    throw new PageError(404, 'unknown_comment', '没有找到这条意见', '请用查询码重新查询后再办理。')
  if (!actsFor(comment, status, now)[act]) throw changed()
  return comment
}

export const changed = () =>
  new PageError(
    409,
    'changed',
    '现在不能这样办理',
    '这条意见的办理情况已有变化。请用查询码重新查询，查看最新情况。',
  )

/** For `catch`: somebody else was first. */
export const orChanged = refusedAs(changed)
