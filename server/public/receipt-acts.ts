import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '../../db/open.ts'
import { appeal, maskName, revise, withdraw } from '../../db/queries/receipt-acts.ts'
import { type ReceiptComment, type ReceiptStatus, receiptStatus } from '../../db/queries/receipts.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { limits as rateLimits } from '../plugins/rate-limits.ts'
import type { ReceiptActs } from '../rules/receipt-acts.ts'
import { readReceiptCode } from '../rules/receipts.ts'
import { checkComment, formBytes, limits } from '../rules/submission-checks.ts'
import { textProblem, typedText, typedTick } from '../rules/typed.ts'
import { readComment } from '../rules/typed-submission.ts'
import { type Frame, frameOf } from './frame.ts'
import { type RevisionPage, revisionPage } from './receipt-revision.ts'
import { actsFor, statusPage } from './receipt-status.ts'
import { clauseTexts, nameIn, publicScope } from './scope.ts'
import { storedComment } from './stored-comment.ts'

interface ConfirmationPage {
  frame: Frame
  title: string
  code: string
  comment: { id: string; clauseName: string; body: string }
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/receipt-withdrawal': ConfirmationPage
    'public/receipt-appeal': ConfirmationPage & { grounds: string; error: string | null }
    'public/receipt-name': { frame: Frame; title: string; code: string }
    'public/receipt-revision': RevisionPage
  }
}

/** What a request acts on: opened by the code in its body. */
interface Acting {
  frame: Frame
  code: string
  status: ReceiptStatus
}

/** What the holder of a receipt may do. Each act asks for the code, and is confirmed on a page of its own. */
export async function receiptActs(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const config = { rateLimit: rateLimits.receipt }
  const now = deps.now

  app.post('/receipts/withdrawal', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const comment = commentFor('withdraw', acting, request, now())
    if (!typedTick(request.body, 'confirmed')) {
      const page = await confirmation(deps, acting, comment, acting.frame.t.receipt.withdrawal.title)
      return reply.page('public/receipt-withdrawal', page)
    }
    await unlessChanged(() => withdraw(deps.db, comment, now()))
    return showStatus(deps, acting, reply, acting.frame.t.receipt.withdrawal.done)
  })

  app.post('/receipts/revision', { config, bodyLimit: formBytes }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const comment = commentFor('revise', acting, request, now())
    const scope = await publicScope(deps, acting.status.consultation.slug)
    if (!typedTick(request.body, 'confirmed')) {
      return reply.page('public/receipt-revision', revisionPage(scope, acting, comment, null, []))
    }
    const typed = { ...readComment(Object(request.body).words), clause: comment.clause }
    const errors = checkComment(typed, 'words', clauseTexts(scope))
    if (errors.length > 0) {
      return reply
        .code(422)
        .page('public/receipt-revision', revisionPage(scope, acting, comment, typed, errors))
    }
    const { clause: _, ...words } = storedComment(typed, scope)
    await unlessChanged(() => revise(deps.db, comment, words, now()))
    return showStatus(deps, acting, reply, acting.frame.t.receipt.revision.done)
  })

  app.post('/receipts/appeal', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const { t } = acting.frame
    const comment = commentFor('appeal', acting, request, now())
    const grounds = typedText(request.body, 'grounds')
    const error = textProblem(grounds, { name: t.receipt.appeal.grounds, most: limits.body.most })
    if (!typedTick(request.body, 'confirmed') || error) {
      const page = await confirmation(deps, acting, comment, t.receipt.appeal.title)
      return reply.code(error ? 422 : 200).page('public/receipt-appeal', { ...page, grounds, error })
    }
    await unlessChanged(() => appeal(deps.db, comment, grounds, now()))
    return showStatus(deps, acting, reply, t.receipt.appeal.done)
  })

  app.post('/receipts/name', { config }, async (request, reply) => {
    const acting = await actingOn(deps, request, reply)
    const { frame, code, status } = acting
    if (!typedTick(request.body, 'confirmed')) {
      return reply.page('public/receipt-name', { frame, title: frame.t.receipt.name.title, code })
    }
    await maskName(deps.db, status.submissionId, status.consultation.id, now())
    return showStatus(deps, acting, reply, frame.t.receipt.name.done)
  })
}

/** @throws PageError 404 where the code opens nothing */
async function actingOn(deps: Dependencies, request: FastifyRequest, reply: FastifyReply): Promise<Acting> {
  reply.header('cache-control', 'no-store')
  const code = readReceiptCode(typedText(request.body, 'code').slice(0, 100))
  const status = code && (await receiptStatus(deps.db, deps.seals, code))
  if (!status) {
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
function commentFor(
  act: keyof ReceiptActs,
  { status }: Acting,
  request: FastifyRequest,
  now: Date,
): ReceiptComment {
  const id = typedText(request.body, 'comment')
  const comment = status.comments.find((one) => one.id === id)
  if (!comment)
    throw new PageError(404, 'unknown_comment', '没有找到这条意见', '请用查询码重新查询后再办理。')
  if (!actsFor(comment, status, now)[act]) throw changed()
  return comment
}

async function unlessChanged(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    throw error instanceof Refused ? changed() : error
  }
}

const changed = () =>
  new PageError(
    409,
    'changed',
    '现在不能这样办理',
    '这条意见的办理情况已有变化。请用查询码重新查询，查看最新情况。',
  )

async function confirmation(
  deps: Dependencies,
  { frame, code, status }: Acting,
  { id, clause, body }: ReceiptComment,
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
  return reply.page('public/receipt-status', await statusPage(deps, status, code, frame, done))
}
