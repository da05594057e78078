import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import QRCode from 'qrcode'
import type { LeafFile } from '../../../db/queries/transparency/receipt-proofs.ts'
import type { Receipt } from '../../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../../dependencies.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { type ShownAttachment, shownAttachment } from '../../rules/submissions/attachments.ts'
import { meantIn, type TypedSubmission } from '../../rules/submissions/submission-form.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Scope, seenConsultation, seenKey, withRound } from '../scope.ts'
import type { AttachedFile } from '../submissions/attached-files.ts'
import { type ShownProof, shownProof } from './shown-proof.ts'

/** A submission on its way in. */
export interface Receiving {
  scope: Scope
  typed: TypedSubmission
  /** What is left for a second submission; null where all of it goes. */
  rest: TypedSubmission | null
  files: AttachedFile[]
  frame: Frame
  request: FastifyRequest
  reply: FastifyReply
}

/** A second submission, prepared: what is left of a form that held more than one receipt does. */
export interface RestOfForm {
  token: string
  /** The code of the first, so that both are looked up at once. */
  earlier: string
  fields: [name: string, value: string][]
  count: number
}

/** What a receipt tells of what was sent. */
interface Sent extends Pick<Receiving, 'typed' | 'files'> {
  rest: RestOfForm | null
  earlier: string | null
}

interface ReceiptPage {
  frame: Frame
  title: string
  codeHint: string
  /** What comes next, in order. */
  steps: readonly string[]
  /** The consultation whose comments that wait in the browser have been sent; null where none were. */
  sent: string | null
  slug: string
  draftTitle: string
  number: string
  code: string
  receivedAt: string
  /** How many comments came in; null of an endorsement. */
  count: number | null
  /** What is still to be sent; null where nothing is. */
  rest: RestOfForm | null
  /** The code of the submission before, of which this is the second part; null where there is none. */
  earlier: string | null
  /** The files that came with them. */
  attachments: ShownAttachment[]
  /** The path of an SVG, and the width of its square in modules: it opens the look-up with the code filled in. */
  qr: { path: string; size: number }
  /** The receipt as a text file, in an address of its own (data:), so that the code is not sent anywhere. */
  file: string
  /** What was signed of it; null of what joins no tree. */
  proof: ShownProof | null
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/receipts/receipt': ReceiptPage
    'public/receipts/receipt-in-tab': { frame: Frame; title: string; slug: string; draftTitle: string }
  }
}

/**
 * Where a script shows the receipts that the tab keeps: the same bytes for everybody, and no code in the address. Without a
 * script the receipt is the answer to what was sent.
 */
export function receipt(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: { slug: string } }>('/consultations/:slug/receipt', async (request, reply) => {
    const seen = await seenConsultation(deps, request.params.slug)
    const frame = await frameOf(request, deps)
    return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame)], async () => {
      const { round } = await withRound(deps, seen)
      const { slug } = seen.consultation
      const title = frame.t.receipt.inTab
      return app.page('public/receipts/receipt-in-tab', { frame, title, slug, draftTitle: round.title })
    })
  })
}

/** The confirmation of what was sent in, as a page to keep. */
export async function receiptPage(
  scope: Scope,
  frame: Frame,
  receipt: Receipt,
  proof: LeafFile | null,
  sent: Sent | null = null,
): Promise<ReceiptPage> {
  const { number, code } = receipt
  const receivedAt = shanghaiMinute(receipt.createdAt)
  const { t } = frame
  const { title, codeHint, steps } = sent ? t.receipt : t.endorsement.receipt
  const attachments = (sent?.files ?? []).flatMap(({ name, type, size }, place) =>
    type ? [shownAttachment({ name, type, size }, place)] : [],
  )
  const lines = [
    title,
    scope.round.title,
    `${t.receipt.number}：${number}`,
    `${t.receipt.code}：${code}`,
    `${t.receipt.receivedAt}：${receivedAt}`,
    ...attachments.map(({ name, size }) => `${t.form.attachments}：${name}（${size}）`),
    codeHint,
  ]
  return {
    frame,
    title,
    codeHint,
    steps,
    sent: sent && scope.consultation.slug,
    slug: scope.consultation.slug,
    draftTitle: scope.round.title,
    number,
    code,
    receivedAt,
    count: sent && meantIn(sent.typed.comments).length,
    rest: sent?.rest ?? null,
    earlier: sent?.earlier ?? null,
    attachments,
    qr: squareOf(`${frame.origin}/receipts#${code}`),
    proof: proof && shownProof(proof),
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
