import type { FastifyReply, FastifyRequest } from 'fastify'
import { PageError, staleForm } from '../plugins/page-error.ts'
import type { FieldError } from '../rules/typed.ts'

/**
 * For the `errorHandler` of a form before sign-in: where its token is stale or was made up, nothing is done and the form
 * comes again with what was typed, and a fresh token. Any other error is thrown on.
 */
export function shownAgain(
  show: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>,
) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (!(error instanceof PageError) || error.code !== staleForm().code) throw error
    return show(request, reply.code(error.statusCode))
  }
}

/** What is said above a form that was shown again. */
export function staleAt(field: string): FieldError {
  return { field, message: `${staleForm().message}。填写的内容还在，请补上密码和验证码，再提交一次` }
}
