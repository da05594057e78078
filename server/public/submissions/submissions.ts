import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { submit } from '../../../db/queries/submissions/submissions.ts'
import { leafFile, signedLeaf } from '../../../db/queries/transparency/receipt-proofs.ts'
import { KeyReused, type Receipt } from '../../../db/sealing/receipt-secrets.ts'
import type { Dependencies } from '../../dependencies.ts'
import { FileStore } from '../../documents/files/file-store.ts'
import { keepingFiles } from '../../documents/files/keeping-files.ts'
import { wantsJson } from '../../plugins/errors.ts'
import { readReceiptCode } from '../../rules/receipts/receipts.ts'
import {
  fieldsOf,
  formBytes,
  submissionForm,
  type TypedSubmission,
} from '../../rules/submissions/submission-form.ts'
import { typedText } from '../../rules/typed.ts'
import { frameOf } from '../frame.ts'
import { type Receiving, type RestOfForm, receiptPage } from '../receipts/receipt.ts'
import { publicScope } from '../scope.ts'
import { AttachedFile, attachedFiles } from './attached-files.ts'
import { carriedFiles, fileErrors } from './carried-files.ts'
import { forHistory, formPage, freshToken, showForm } from './comment-form.ts'
import { bringBack, heldIn } from './held-files.ts'
import { haveSeen, pointedNumbers } from './pointed-numbers.ts'
import { notTaken, showReview } from './review.ts'
import { submissionKey } from './submission-key.ts'
import { errorsIn, inTwo, mayAttach, rulesOf, submissionOf, typedIn } from './submission-rules.ts'

type Request = FastifyRequest<{ Params: { slug: string } }>

/** Takes a submission: the form with its token, or JSON with an Idempotency-Key. Answers 201 with the receipt. */
export function submissions(app: FastifyInstance, deps: Dependencies): void {
  const store = new FileStore(deps.config.dataDir, 'attachments')
  app.post<{ Params: { slug: string } }>(
    '/consultations/:slug/submissions',
    { bodyLimit: formBytes, config: { limit: 'submission' } },
    async (request, reply) => {
      // Judged and stored as of one moment: what is taken as in time is never stored as late.
      const at = deps.now()
      const receiving = await receivingFrom({ ...deps, now: () => at }, request, reply)
      const { scope, typed, rest, frame } = receiving
      if (scope.state !== 'open') return giveBack(deps, receiving, 403, notTaken(scope, frame))
      const key = submissionKey(deps, request)
      if (!key) return giveBack(deps, receiving, 409, frame.t.form.stale)
      const read = submissionForm(rulesOf(scope, frame.t.wrong)).read(typed)
      const later = rest ? errorsIn(whole(receiving), rulesOf(scope, frame.t.wrong)) : read.errors
      const errors = [...later, ...(await fileErrors(deps, request, mayAttach(scope, typed), frame))]
      const { values } = read
      if (!values || errors.length > 0) {
        reply.code(422)
        if (wantsJson(request)) {
          return reply.send({ error: { code: 'invalid', message: errors[0]?.message, fields: errors } })
        }
        const { files, lost } = await carriedFiles(deps, request, mayAttach(scope, typed), frame)
        const all = [...errors, ...lost]
        reply.header('cache-control', forHistory)
        return showForm(reply, () => formPage(deps, scope, whole(receiving), frame, { errors: all, files }))
      }
      if (!haveSeen(request.body) && !wantsJson(request) && pointedNumbers(typed).length > 0) {
        return showNumbers(deps, receiving)
      }
      const files = await filesOf(deps, store, request)
      try {
        const receipt = await keepingFiles(deps, store, files, (attachments) =>
          submit(deps.db, deps.seals, submissionOf(scope, values, attachments), key, at),
        )
        return giveReceipt(deps, { ...receiving, files }, receipt)
      } catch (error) {
        if (!(error instanceof KeyReused)) throw error
        return giveBack(deps, receiving, 409, frame.t.form.duplicate)
      } finally {
        for (const { received } of files) if (received) await store.discard(received)
      }
    },
  )
}

async function receivingFrom(deps: Dependencies, request: Request, reply: FastifyReply): Promise<Receiving> {
  reply.header('cache-control', 'no-store')
  const scope = await publicScope(deps, request.params.slug)
  const frame = await frameOf(request, deps)
  const written = typedIn(request.body, rulesOf(scope, frame.t.wrong))
  // A program is told how many may come; a page prepares a second submission.
  const { first, rest } = wantsJson(request) ? { first: written, rest: null } : inTwo(written)
  return { scope, typed: first, rest, files: [], frame, request, reply }
}

/** Numbers that are about to be sent are pointed at first, on the review: whoever means them sends on from there. */
async function showNumbers(deps: Dependencies, { scope, typed, rest, frame, request, reply }: Receiving) {
  const { files, lost } = await carriedFiles(deps, request, mayAttach(scope, typed), frame)
  const { token } = Object(request.body)
  reply.header('cache-control', forHistory)
  return showReview(deps, reply, {
    scope,
    typed: whole({ typed, rest }),
    token: String(token),
    frame,
    fromFile: null,
    files,
    lost,
    wrong: [],
  })
}

/** What goes along: the files that the form brought from before, and those that came with it. */
async function filesOf(deps: Dependencies, store: FileStore, request: Request): Promise<AttachedFile[]> {
  const held = heldIn(deps, request.body)
  const back = await bringBack(deps, store, held)
  const brought = held.map(({ name, type }, at) => new AttachedFile(name, false, type, back[at] ?? null))
  return [...brought, ...attachedFiles(request)]
}

async function giveReceipt(
  { db, seals, now }: Dependencies,
  { scope, typed, rest, files, frame, request, reply }: Receiving,
  receipt: Receipt,
) {
  const { number, code } = receipt
  reply.code(201)
  if (wantsJson(request)) {
    const leaf = await signedLeaf(db, seals, receipt, scope.consultation, now())
    return reply.send({ receipt: { number, code, leaf } })
  }
  const proof = await leafFile(db, seals, number, now())
  const left = rest && restOf({ seals, now }, rest, code)
  const earlier = readReceiptCode(typedText(request.body, 'earlier'))
  return reply.page(
    'public/receipts/receipt',
    await receiptPage(scope, frame, receipt, proof, { typed, files, earlier, rest: left }),
  )
}

/** What was typed with what is left for a second submission: a form that comes back has all of it. */
function whole({ typed, rest }: Pick<Receiving, 'typed' | 'rest'>): TypedSubmission {
  return rest ? { ...typed, comments: [...typed.comments, ...rest.comments] } : typed
}

/** What a second submission is made of: under a key of its own, with the first one's code to look up both. */
function restOf(deps: Pick<Dependencies, 'seals' | 'now'>, rest: TypedSubmission, code: string): RestOfForm {
  return { token: freshToken(deps), earlier: code, fields: fieldsOf(rest), count: rest.comments.length }
}

/** Gives back what was typed, with the reason why it could not be taken now. */
async function giveBack(
  deps: Dependencies,
  { scope, typed, rest, frame, request, reply }: Receiving,
  status: number,
  notice: string,
) {
  reply.code(status)
  if (wantsJson(request)) {
    return reply.send({ error: { code: status === 409 ? 'conflict' : 'closed', message: notice } })
  }
  const { files, lost } = await carriedFiles(deps, request, mayAttach(scope, typed), frame)
  reply.header('cache-control', forHistory)
  return showForm(reply, () =>
    formPage(deps, scope, whole({ typed, rest }), frame, { errors: lost, files, notice }),
  )
}
