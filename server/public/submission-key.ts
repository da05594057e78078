import type { FastifyRequest } from 'fastify'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { readFormToken } from '../rules/form-token.ts'

/**
 * The key under which a submission is stored once, however often it comes: a form's token carries it, JSON brings it in
 * a header. null for a token that is not ours.
 * @throws PageError 400 for JSON without a proper key
 */
export function submissionKey(
  { seals }: Pick<Dependencies, 'seals'>,
  request: FastifyRequest,
): string | null {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    const { token } = Object(request.body)
    return readFormToken(token, (value) => seals.hash('form token', value))?.key ?? null
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
