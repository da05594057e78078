import type { FastifyError, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import plugin from 'fastify-plugin'
import { UnstorableText } from '../../db/errors.ts'
import { Refused } from '../../db/refused.ts'
import { UnknownKey } from '../../db/sealing/sealed.ts'
import { isUnavailable } from '../../db/unavailable.ts'
import { type Display, readDisplay, withDisplay } from '../rules/display.ts'
import { type GivenBack, givenBack } from './given-back.ts'
import { learnMethods } from './methods.ts'
import {
  changedMeanwhile,
  departmentClosed,
  forbidden,
  gone,
  notFound,
  PageError,
  unavailable,
  unknownKey,
  wordsOf,
  wrongMethod,
} from './page-error.ts'
import { notFoundLimit } from './rate-limits.ts'
import { securityHeaders } from './security.ts'
import type { Views } from './views.ts'

declare module './views.ts' {
  interface Views {
    'shared/error': {
      title: string
      advice: string
      status: number
      /** What the log calls the request that failed; null where nothing has. */
      failed: string | null
      givenBack: GivenBack | null
      display: Display
      home: string
    }
  }
}

/**
 * The one place that turns errors into pages. What it does not know is logged and shown as a 500 without its inside. A
 * request too many is told so, whatever else is wrong with it.
 */
export const errors = plugin(async (app) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const told = request.refusal ?? asPageError(error, request)
    return (told.code === 'unavailable' && reply.lastKept()) || answer(told, request, reply)
  })
  const preHandler = app.rateLimit(notFoundLimit)
  const methodsAt = learnMethods(app)
  app.setNotFoundHandler({ preHandler }, (request, reply) => {
    const methods = methodsAt(request.url.split('?', 1)[0] ?? '')
    if (methods.length === 0 || methods.includes(request.method)) return answer(notFound(), request, reply)
    return answer(wrongMethod(), request, reply.header('allow', methods.join(', ')))
  })
})

/** In seconds: what a restart of the database takes, and somebody is willing to wait. */
const retryAfter = 30
const later = ['unavailable', 'unknown_key']

/** For addresses that Fastify cannot even read: it answers them before any hook, so their headers are set here. */
export function unreadable(https: boolean): NonNullable<FastifyServerOptions['frameworkErrors']> {
  const headers = securityHeaders(https)
  return (error, request, reply) => {
    void answerUnreadable(asPageError(error, request), request, reply.headers(headers))
  }
}

/** For what is no HTTP request, or too slow or too long a one: there is nothing yet to answer with but the connection. */
export function unintelligible(https: boolean): NonNullable<FastifyServerOptions['clientErrorHandler']> {
  const headers = {
    ...securityHeaders(https),
    'cache-control': 'no-store',
    connection: 'close',
    'content-length': 0,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return (error, socket) => {
    const status = unintelligibleStatus[error.code ?? ''] ?? '400 Bad Request'
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy(error)
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`, () => socket.destroy(error))
  }
}

const unintelligibleStatus: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
}

async function answerUnreadable(
  error: PageError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  reply.code(error.statusCode).header('cache-control', 'no-store')
  if (wantsJson(request)) return void reply.send(asJson(error, request))
  // The reply has none of the app's own methods yet.
  const page = await reply.server.page('shared/error', asPage(error, request))
  reply.type('text/html; charset=utf-8').send(page)
}

function refused({ why }: Refused): PageError {
  if (why === 'gone') return gone()
  return why === 'closed' ? departmentClosed() : changedMeanwhile()
}

function asPageError(error: FastifyError, request: FastifyRequest): PageError {
  if (error instanceof PageError) return error
  if (error instanceof Refused) return refused(error)
  if (error instanceof UnknownKey) return unknownKey()
  if (isUnavailable(error)) {
    request.log.error({ err: error }, 'database or disk unavailable')
    return unavailable()
  }
  switch (error instanceof UnstorableText ? 400 : error.statusCode) {
    case 400:
      return new PageError(400, 'bad_request', '提交的内容无法识别', '请返回上一页，检查后重新提交。')
    case 403:
      return forbidden()
    case 404:
    // A name in the address that is longer than any of ours.
    case 414:
      return notFound()
    case 413:
      return new PageError(413, 'too_large', '提交的内容太大', '请删减文字或文件后重新提交。')
    case 415:
      return new PageError(
        415,
        'unsupported_type',
        '这种格式无法接收',
        '请用网页上的表单提交，或改用 JSON 格式。',
      )
    case 429:
      return new PageError(429, 'too_many', '操作太频繁', error.message)
  }
  request.log.error({ err: error }, 'request failed')
  return new PageError(
    500,
    'internal',
    '系统出了问题',
    '您的操作没有完成。请稍后再试；如一直不行，请把故障编号和您做了什么告诉我们，联系方式在首页下方。',
  )
}

async function answer(error: PageError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(error.statusCode).header('cache-control', 'no-store')
  if (later.includes(error.code)) reply.header('retry-after', retryAfter)
  return wantsJson(request)
    ? reply.send(asJson(error, request))
    : reply.page('shared/error', asPage(error, request))
}

function asJson(error: PageError, request: FastifyRequest) {
  const failed = failedRequest(error, request)
  return {
    error: { code: error.code, message: inOneLine(error, request), ...(failed ? { request: failed } : {}) },
  }
}

/** The sentence and the advice, in the language that the address asks for. */
function inOneLine(error: PageError, request: FastifyRequest): string {
  const { lang } = readDisplay(request.query)
  const { title, advice } = wordsOf(error, lang)
  return lang === 'en' ? `${title}. ${advice}` : `${title}。${advice}`
}

function asPage(error: PageError, request: FastifyRequest): Views['shared/error'] {
  const display = readDisplay(request.query)
  const home = withDisplay('/', display)
  const { statusCode: status } = error
  const failed = failedRequest(error, request)
  const back = givenBack(error.code, request)
  return { ...wordsOf(error, display.lang), status, failed, givenBack: back, display, home }
}

function failedRequest({ statusCode }: PageError, { id }: FastifyRequest): string | null {
  return statusCode >= 500 ? id : null
}

/** A program asks for JSON by what it accepts or by what it sends. */
export function wantsJson(request: FastifyRequest): boolean {
  const accepts = request.headers.accept ?? ''
  return (accepts.includes('application/json') && !accepts.includes('text/html')) || sendsJson(request)
}

/** Media types are the same in capitals (RFC 9110, 8.3.1). */
export function sendsJson({ headers }: FastifyRequest): boolean {
  return (headers['content-type'] ?? '').toLowerCase().startsWith('application/json')
}
