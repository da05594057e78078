import type { FastifyRequest } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { sendsJson, wantsJson } from '../../plugins/errors.ts'
import { PageError } from '../../plugins/page-error.ts'
import { readFormToken } from '../../rules/form-token.ts'

type Keys = Pick<Dependencies, 'seals'>

/**
 * The key under which a submission is stored once, however often it comes: a form's token carries it, JSON brings it in
 * a header. null for a token that is not ours.
 * @throws PageError 400 for JSON without a proper key
 */
export function submissionKey(deps: Keys, request: FastifyRequest): string | null {
  return sendsJson(request) ? headerKey(request) : tokenKey(deps, request)
}

/**
 * The same for a button on a page that is the same for everybody, and so has no token: a script puts a key of its own
 * into the form. null where none came, or none that is one.
 * @throws PageError 400 for a program without a proper key
 */
export function tappedKey(deps: Keys, request: FastifyRequest): string | null {
  if (wantsJson(request)) return headerKey(request)
  const { key } = Object(request.body)
  return isKey(key) ? ownKey(key, request) : tokenKey(deps, request)
}

function tokenKey({ seals }: Keys, { body }: FastifyRequest): string | null {
  const { token } = Object(body)
  return readFormToken(token, (value) => seals.hash('form token', value))?.key ?? null
}

function headerKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (isKey(key)) return ownKey(key, request)
  throw new PageError(
    400,
    'idempotency_key',
    '缺少 Idempotency-Key',
    '请在请求头中提供 1 到 200 个可见 ASCII 字符的 Idempotency-Key，每次提交用一个新的随机 UUID。',
  )
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)
}

/**
 * A key that two programs would both think of, a counter say, counts for the address alone that sends it: elsewhere it
 * would be told the receipt of the first, with which that can be withdrawn.
 */
function ownKey(key: string, { ip }: FastifyRequest): string {
  const isChance = key.length >= 20 && new Set(key).size >= 6
  return isChance ? key : `${key} ${ip}`
}
