import type { FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import type { Receipt } from '../../db/queries/submissions.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import type { TypedSubmission } from '../rules/typed-submission.ts'
import type { Frame } from './frame.ts'
import type { Scope } from './scope.ts'

/** A submission on its way in. */
export interface Receiving {
  scope: Scope
  typed: TypedSubmission
  frame: Frame
  request: FastifyRequest
  reply: FastifyReply
}

interface ReceiptPage {
  frame: Frame
  title: string
  slug: string
  draftTitle: string
  number: string
  code: string
  receivedAt: string
  /** The path of an SVG, and the width of its square in modules: it opens the look-up with the code filled in. */
  qr: { path: string; size: number }
  /** The receipt as a text file, in an address of its own (data:), so that the code is not sent anywhere. */
  file: string
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/receipt': ReceiptPage
  }
}

/** The confirmation of a submission, as a page to keep. */
export async function receiptPage(scope: Scope, frame: Frame, receipt: Receipt): Promise<ReceiptPage> {
  const { number, code } = receipt
  const receivedAt = shanghaiMinute(receipt.createdAt)
  const { t } = frame
  const lines = [
    t.receipt.title,
    scope.round.title,
    `${t.receipt.number}：${number}`,
    `${t.receipt.code}：${code}`,
    `${t.receipt.receivedAt}：${receivedAt}`,
    t.receipt.codeHint,
  ]
  return {
    frame,
    title: t.receipt.title,
    slug: scope.consultation.slug,
    draftTitle: scope.round.title,
    number,
    code,
    receivedAt,
    qr: squareOf(`${frame.origin}/receipts#${code}`),
    file: `data:text/plain;charset=utf-8,${encodeURIComponent(`\ufeff${lines.join('\r\n')}\r\n`)}`,
  }
}

/** The fragment of an address is never sent to a server. */
function squareOf(address: string): { path: string; size: number } {
  const { size, data } = QRCode.create(address, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (const [place, dark] of data.entries()) {
    if (dark) path += `M${place % size} ${Math.floor(place / size)}h1v1h-1z`
  }
  return { path, size }
}
