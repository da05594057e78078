import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Recorded } from '../../../db/queries/receipts/erasure.ts'
import {
  appeal,
  maskName,
  objectToPoint,
  reviseComment,
  withdraw,
} from '../../../db/queries/receipts/receipt-acts.ts'
import { type ReceiptComment, receiptStatus } from '../../../db/queries/receipts/receipts.ts'
import { retentionTerms } from '../../../db/queries/settings.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { within } from '../../rules/form.ts'
import { actForm, appealForm } from '../../rules/receipts/receipt-forms.ts'
import { recordKeptUntil, unlawful } from '../../rules/receipts/unlawful-records.ts'
import { commentForm } from '../../rules/submissions/comment-form.ts'
import { formBytes } from '../../rules/submissions/submission-form.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { endorsementIn, endorsementWithdrawal } from '../comments/endorsement-withdrawal.ts'
import type { Frame } from '../frame.ts'
import { clauseTexts, nameIn, publicScope } from '../scope.ts'
import { forHistory } from '../submissions/comment-form.ts'
import { storedComment } from '../submissions/stored-comment.ts'
import { type Acting, actingOn, changed, commentFor, orChanged } from './receipt-acting.ts'
import { type RevisionPage, revisionPage } from './receipt-revision.ts'
import { statusPage } from './receipt-status.ts'

interface ConfirmationPage {
  frame: Frame
  title: string
  code: string
  comment: { id: string; clauseName: string; body: string }
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/receipts/receipt-withdrawal': ConfirmationPage
    'public/receipts/receipt-appeal': ConfirmationPage & { typed: { grounds: string }; errors: FieldError[] }
    'public/receipts/receipt-name': { frame: Frame; title: string; code: string }
    'public/receipts/receipt-revision': RevisionPage
  }
}

/** What the holder of a receipt may do. Each act asks for the code, and is confirmed on a page of its own. */
export function receiptActs(app: FastifyInstance, deps: Dependencies): void {
  const config = { limit: 'receipt' } as const
  const now = deps.now

  app.post('/receipts/withdrawal', { config }, async (request, reply) => {
    const endorsing = await endorsementIn(deps, request, reply)
    if (endorsing) return endorsementWithdrawal(deps, endorsing, request, reply)
    const acting = await actingOn(deps, request, reply)
    const comment = commentFor('withdraw', acting, request, now())
    if (!actForm.typed(request.body).confirmed) {
      const page = await confirmation(deps, acting, comment, acting.frame.t.receipt.withdrawal.title)
      return reply.page('public/receipts/receipt-withdrawal', page)
    }
    const files = await withdraw(deps.db, comment, now(), await recordOf(deps, comment)).catch(orChanged)
    const store = new FileStore(deps.config.dataDir, 'attachments')
    for (const id of files) await store.remove(id)
    return showStatus(deps, acting, reply, acting.frame.t.receipt.withdrawal.done)
  })

  app.post('/receipts/revision', { config, bodyLimit: formBytes }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const comment = commentFor('revise', acting, request, now())
    const scope = await publicScope(deps, acting.status.consultation.slug)
    reply.header('cache-control', forHistory)
    if (!actForm.typed(request.body).confirmed) {
      return reply.page('public/receipts/receipt-revision', revisionPage(scope, acting, comment, null, []))
    }
    const form = commentForm({ clauses: clauseTexts(scope), says: acting.frame.t.wrong })
    const typed = { ...form.typed(Object(request.body).words), clause: comment.clause }
    const { values, errors } = form.read(typed)
    if (!values) {
      const page = revisionPage(scope, acting, comment, typed, within('words', errors))
      return reply.code(422).page('public/receipts/receipt-revision', page)
    }
    const { clause: _, ...words } = storedComment(values, scope)
    reply.header('cache-control', 'no-store')
    await reviseComment(deps.db, comment, words, now()).catch(orChanged)
    return showStatus(deps, acting, reply, acting.frame.t.receipt.revision.done)
  })

  app.post('/receipts/appeal', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const { t } = acting.frame
    const comment = commentFor('appeal', acting, request, now())
    const { typed, values, errors } = appealForm(t.receipt.appeal.grounds, t.wrong).sent(request.body)
    if (!values || !actForm.typed(request.body).confirmed) {
      const page = await confirmation(deps, acting, comment, t.receipt.appeal.title)
      reply.header('cache-control', forHistory)
      return reply.code(values ? 200 : 422).page('public/receipts/receipt-appeal', { ...page, typed, errors })
    }
    await appeal(deps.db, comment, values.grounds, now()).catch(orChanged)
    return showStatus(deps, acting, reply, t.receipt.appeal.done)
  })

  app.post('/receipts/objection', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const { status, frame } = acting
    const point = typedText(request.body, 'point')
    await objectToPoint(deps.db, status.submissionId, point, now()).catch(orChanged)
    return showStatus(deps, acting, reply, frame.t.receipt.points.objected)
  })

  app.post('/receipts/name', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const { frame, code, status } = acting
    if (!actForm.typed(request.body).confirmed) {
      return reply.page('public/receipts/receipt-name', { frame, title: frame.t.receipt.name.title, code })
    }
    await maskName(deps.db, status.submissionId, status.consultation.id, now())
    return showStatus(deps, acting, reply, frame.t.receipt.name.done)
  })
}

/** What the law wants kept of a comment that its author takes back; null: nothing. */
async function recordOf({ db, seals, now }: Dependencies, comment: ReceiptComment): Promise<Recorded | null> {
  if (comment.reason !== unlawful) return null
  const { version, body, wording } = comment
  const until = recordKeptUntil(comment, (await retentionTerms(db)).unlawful, now())
  return until && { seals, version, body, wording, until, now: now() }
}

async function confirmation(
  deps: Dependencies,
  { frame, code, status }: Acting,
  { publicId: id, clause, body }: ReceiptComment,
  title: string,
): Promise<ConfirmationPage> {
  const scope = await publicScope(deps, status.consultation.slug)
  const clauseName = nameIn(scope, clause, frame.t.clause.wholeDraft)
  return { frame, title, code, comment: { id, clauseName, body } }
}

/** The status as it is after an act. */
async function showStatus(deps: Dependencies, { frame, code }: Acting, reply: FastifyReply, done: string) {
  const status = await receiptStatus(deps.db, deps.seals, code)
  if (!status) throw changed()
  return reply.page('public/receipts/receipt-status', await statusPage(deps, status, code, frame, done))
}
