import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { KeyReused, type NewSubmission, type Receipt, submit } from '../../db/queries/submissions.ts'
import type { Dependencies } from '../dependencies.ts'
import { wantsJson } from '../plugins/errors.ts'
import { PageError } from '../plugins/page-error.ts'
import { limits as rateLimits } from '../plugins/rate-limits.ts'
import { readFormToken } from '../rules/form-token.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import {
  checkTyped,
  type FieldError,
  type FormRules,
  formBytes,
  readTyped,
  type TypedSubmission,
} from '../rules/submission-form.ts'
import { formPage } from './comment-form.ts'
import { type Frame, frameOf } from './frame.ts'
import { clausesOf, publicScope, type Scope } from './scope.ts'
import { storedComment } from './stored-comment.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'public/receipt': {
      frame: Frame
      title: string
      slug: string
      number: string
      code: string
      receivedAt: string
    }
  }
}

type Request = FastifyRequest<{ Params: { slug: string } }>

/** Takes a submission: the form with its token, or JSON with an Idempotency-Key. Answers 201 with the receipt. */
export async function submissions(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.post<{ Params: { slug: string } }>(
    '/consultations/:slug/submissions',
    {
      bodyLimit: formBytes,
      config: { rateLimit: rateLimits.submission },
      errorHandler: (error, request, reply) => refused(deps, error, request as Request, reply),
    },
    async (request, reply) => {
      const scope = await publicScope(deps, request.params.slug)
      const typed = readTyped(request.body)
      if (scope.state !== 'open') return giveBack(deps, scope, typed, request, reply, 403, closedNotice)
      const key = keyOf(deps, request)
      if (!key) return giveBack(deps, scope, typed, request, reply, 409, (t) => t.form.stale)
      const errors = checkTyped(typed, rulesOf(scope))
      if (errors.length > 0) return sayErrors(deps, scope, typed, errors, request, reply)
      try {
        const receipt = await submit(deps.db, deps.seals, submissionOf(scope, typed), key, deps.now())
        return giveReceipt(deps, scope, receipt, request, reply)
      } catch (error) {
        if (!(error instanceof KeyReused)) throw error
        return giveBack(deps, scope, typed, request, reply, 409, (t) => t.form.duplicate)
      }
    },
  )
}

const closedNotice = (t: Frame['t']) => t.form.closed

/** JSON brings its key in a header; a form's token carries one. @throws PageError 400 for JSON without a proper key */
function keyOf({ seals }: Dependencies, request: Request): string | null {
  if (!isJson(request)) {
    const body = request.body as { token?: unknown } | null
    return readFormToken(body?.token, (value) => seals.hash('form token', value))?.key ?? null
  }
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new PageError(
      400,
      'idempotency_key',
      '缺少 Idempotency-Key',
      '请在请求头中提供 1 到 200 个可见 ASCII 字符的 Idempotency-Key。',
    )
  }
  return key
}

function isJson(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith('application/json') ?? false
}

function rulesOf(scope: Scope): FormRules {
  const { regions, personFields } = scope.consultation
  return {
    clauses: new Set(clausesOf(scope).map(({ key }) => key)),
    regions: new Set(
      regions.flatMap(({ name, counties }) => [name, ...counties.map((county) => `${name}${county}`)]),
    ),
    required: new Set(
      Object.entries(personFields ?? {}).flatMap(([field, asking]) => (asking === 'required' ? [field] : [])),
    ),
  }
}

function submissionOf(scope: Scope, typed: TypedSubmission): NewSubmission {
  return {
    consultationId: scope.consultation.id,
    round: scope.round.number,
    channel: 'web',
    identity: typed.identity,
    name: typed.name || null,
    showName: typed.show_name && typed.name !== '',
    organisation: typed.organisation || null,
    region: typed.region || null,
    contact: typed.contact || null,
    visibility: typed.visibility,
    comments: typed.comments.map((comment) => storedComment(comment, scope)),
  }
}

async function giveReceipt(
  deps: Dependencies,
  scope: Scope,
  receipt: Receipt,
  request: Request,
  reply: FastifyReply,
) {
  reply.code(201).header('cache-control', 'no-store')
  if (isJson(request)) return reply.send({ receipt: { number: receipt.number, code: receipt.code } })
  const frame = await frameOf(request, deps)
  return reply.page('public/receipt', {
    frame,
    title: frame.t.receipt.title,
    slug: scope.consultation.slug,
    number: receipt.number,
    code: receipt.code,
    receivedAt: shanghaiMinute(receipt.createdAt),
  })
}

async function sayErrors(
  deps: Dependencies,
  scope: Scope,
  typed: TypedSubmission,
  errors: FieldError[],
  request: Request,
  reply: FastifyReply,
) {
  reply.code(422).header('cache-control', 'no-store')
  if (isJson(request)) {
    return reply.send({ error: { code: 'invalid', message: errors[0]?.message, fields: errors } })
  }
  return reply.page(
    'public/comment-form',
    formPage(deps, scope, typed, await frameOf(request, deps), { errors }),
  )
}

/** Gives back what was typed, with the reason why it could not be taken now. */
async function giveBack(
  deps: Dependencies,
  scope: Scope,
  typed: TypedSubmission,
  request: Request,
  reply: FastifyReply,
  status: number,
  notice: (t: Frame['t']) => string,
) {
  const frame = await frameOf(request, deps)
  reply.code(status).header('cache-control', 'no-store')
  if (isJson(request))
    return reply.send({ error: { code: status === 409 ? 'conflict' : 'closed', message: notice(frame.t) } })
  return reply.page('public/comment-form', formPage(deps, scope, typed, frame, { notice: notice(frame.t) }))
}

/** A refusal that comes before the handler, such as too many posts, gives the typed text back too. */
async function refused(deps: Dependencies, error: FastifyError, request: Request, reply: FastifyReply) {
  const known = error instanceof PageError && error.statusCode === 429 && !wantsJson(request) && request.body
  if (!known) throw error
  const scope = await publicScope(deps, request.params.slug)
  return giveBack(
    deps,
    scope,
    readTyped(request.body),
    request,
    reply,
    429,
    () => `${error.message}。${error.advice}`,
  )
}
